package io.jlvs.engine.config;

import static java.util.stream.Collectors.joining;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a single value of a file can be read as; empty when it is something else. */
final class Scalars {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Scalars() {}

    static Optional<String> text(ScalarNode value) {
        return Optional.of(value.getValue()).filter(text -> !text.isBlank());
    }

    static Optional<Integer> integer(ScalarNode value, int least, int most) {
        if (!value.getTag().equals(Tag.INT) || value.getValue().length() > 18) {
            return Optional.empty();
        }
        var number = Long.parseLong(value.getValue());
        return number < least || number > most ? Optional.empty() : Optional.of((int) number);
    }

    static Optional<Boolean> flag(ScalarNode value) {
        return value.getTag().equals(Tag.BOOL) ? Optional.of(Boolean.valueOf(value.getValue())) : Optional.empty();
    }

    static Optional<Path> path(ScalarNode value) {
        try {
            return text(value).map(Path::of);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    static Optional<Duration> duration(ScalarNode value, Duration least, Duration most) {
        return Optional.of(DURATION.matcher(value.getValue()))
                .filter(Matcher::matches)
                .map(matched -> duration(Long.parseLong(matched.group(1)), matched.group(2)))
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0);
    }

    static <E extends Enum<E>> Optional<E> choice(ScalarNode value, Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equals(value.getValue()))
                .findFirst();
    }

    /** {@code auto, user or ebpf}. */
    static String choices(Class<? extends Enum<?>> type) {
        var words = Stream.of(type.getEnumConstants()).map(Scalars::word).toList();
        var last = words.size() - 1;
        return words.stream().limit(last).collect(joining(", ")) + " or " + words.get(last);
    }

    /** {@code 500ms}, {@code 3s}, {@code 2h}: in the largest unit that leaves no rest. */
    static String format(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        if (time.toSecondsPart() != 0) {
            return time.toSeconds() + "s";
        }
        return time.toMinutesPart() != 0 ? time.toMinutes() + "m" : time.toHours() + "h";
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static String found(Node node) {
        return switch (node) {
            case ScalarNode scalar -> isNothing(scalar) ? "nothing" : "'" + scalar.getValue() + "'";
            case MappingNode _ -> "keys with values";
            default -> "a list";
        };
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
