package io.jlvs.engine.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A group of keys in {@code jlvs.yaml}. Each question names a key and its default; a wrong value is found and answered
 * with the default, so that one reading finds all errors.
 */
final class Section {

    private final String prefix;
    private final @Nullable Node node;
    private final Findings findings;
    private final int findingsBefore;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(String prefix, @Nullable Node node, Findings findings) {
        this.prefix = prefix;
        this.node = node;
        this.findings = findings;
        this.findingsBefore = findings.count();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::put);
        } else if (node != null && !Scalars.isNothing(node)) {
            findings.add(node, at("expected keys with values, found " + Scalars.found(node)));
        }
    }

    static Section root(Node node, Findings findings) {
        return new Section("", node, findings);
    }

    /** Reads the section by asking for all keys that it may have; any other is an error. */
    <T> T read(Function<Section, T> reader) {
        var value = reader.apply(this);
        keys.forEach((key, place) -> {
            if (!asked.contains(key)) {
                findings.add(place, prefix + key + ": unknown key; " + Spelling.hint(key, asked));
            }
        });
        return value;
    }

    /** The keys below a key; none when it is absent. */
    Section section(String key) {
        return new Section(prefix + key + ".", value(key).orElse(null), findings);
    }

    /** The sections below a key, whatever they are called, by name. */
    <T> Map<String, T> sections(String key, Function<Section, T> reader) {
        var named = section(key);
        var all = new LinkedHashMap<String, T>();
        named.values.forEach(
                (name, value) -> all.put(name, new Section(named.prefix + name + ".", value, findings).read(reader)));
        return all;
    }

    /** Every key, whatever it is called, with its text or its list of texts. */
    Map<String, List<String>> texts() {
        var all = new LinkedHashMap<String, List<String>>();
        values.forEach((key, value) -> {
            asked.add(key);
            var items = value instanceof SequenceNode list ? list.getValue() : List.of(value);
            all.put(
                    key,
                    items.stream()
                            .flatMap(item -> parse(key, item, text -> text).stream())
                            .toList());
        });
        return all;
    }

    /** The sections of a list, read one by one; those in which something is wrong are left out. */
    <T> List<T> list(String key, Function<Section, Optional<T>> reader) {
        var items = new ArrayList<T>();
        for (var item : nodes(key)) {
            new Section(prefix + key + "[].", item, findings).read(reader).ifPresent(items::add);
        }
        return items;
    }

    /** What the parser makes of each text of a list. */
    <T> List<T> parseAll(String key, Function<String, T> parser) {
        return nodes(key).stream()
                .flatMap(item -> parse(key, item, parser).stream())
                .toList();
    }

    /** What the parser makes of each text below a key, by the name that it has there. */
    <T> SequencedMap<String, T> parseEach(String key, Function<String, T> parser) {
        var named = section(key);
        var all = new LinkedHashMap<String, T>();
        named.values.forEach(
                (name, value) -> named.parse(name, value, parser).ifPresent(parsed -> all.put(name, parsed)));
        return all;
    }

    String text(String key, String fallback) {
        return ask(key, fallback, "a text", Scalars::text);
    }

    int integer(String key, int fallback, int least, int most) {
        return ask(
                key, fallback, "a whole number " + least + ".." + most, value -> Scalars.integer(value, least, most));
    }

    boolean flag(String key, boolean fallback) {
        return ask(key, fallback, "true or false", Scalars::flag);
    }

    Duration duration(String key, Duration fallback, Duration least, Duration most) {
        return ask(
                key,
                fallback,
                "a time such as 500ms, 3s, 15m or 2h, from " + Scalars.format(least) + " to " + Scalars.format(most),
                value -> Scalars.duration(value, least, most));
    }

    /** A time without a default. */
    Optional<Duration> optionalDuration(String key, Duration least, Duration most) {
        return Optional.of(duration(key, Duration.ZERO, least, most)).filter(time -> !time.isZero());
    }

    <E extends Enum<E>> E choice(String key, E fallback) {
        var type = fallback.getDeclaringClass();
        return ask(key, fallback, Scalars.choices(type), value -> Scalars.choice(value, type));
    }

    /** A path; a relative one begins at the folder of the file. */
    Path path(String key, Path fallback) {
        return optionalPath(key).orElse(fallback);
    }

    /** A path without a default. */
    Optional<Path> optionalPath(String key) {
        return value(key)
                .flatMap(value -> accept(
                        key,
                        value,
                        "a path",
                        scalar -> Scalars.path(scalar)
                                .map(path -> findings.folder().resolve(path).normalize())));
    }

    /** What the parser makes of a text; its {@link IllegalArgumentException} says what was expected. */
    <T> Optional<T> parse(String key, Function<String, T> parser) {
        return value(key).flatMap(value -> parse(key, value, parser));
    }

    /** The same for a key without which the section makes no sense. */
    <T> Optional<T> require(String key, Function<String, T> parser) {
        if (node != null && !keys.containsKey(key) && (node instanceof MappingNode || Scalars.isNothing(node))) {
            findings.add(node, at("needs the key '" + key + "'"));
        }
        return parse(key, parser);
    }

    /** Finds the section wrong unless the condition holds. */
    void check(boolean condition, String otherwise) {
        if (!condition && node != null) {
            findings.add(node, at(otherwise));
        }
    }

    /** Makes a value out of what was read, unless something was wrong in it; a refusal is found too. */
    <T> Optional<T> make(Supplier<T> value) {
        return node == null || findings.count() > findingsBefore ? Optional.empty() : attempt(node, at(""), value);
    }

    private <T> T ask(String key, T fallback, String expected, Function<ScalarNode, Optional<T>> reader) {
        return value(key).flatMap(value -> accept(key, value, expected, reader)).orElse(fallback);
    }

    private <T> Optional<T> parse(String key, Node value, Function<String, T> parser) {
        return accept(key, value, "a text", Scalars::text)
                .flatMap(text -> attempt(value, prefix + key + ": ", () -> parser.apply(text)));
    }

    private <T> Optional<T> accept(String key, Node value, String expected, Function<ScalarNode, Optional<T>> reader) {
        Optional<T> read = value instanceof ScalarNode scalar ? reader.apply(scalar) : Optional.empty();
        if (read.isEmpty()) {
            findings.add(value, prefix + key + ": expected " + expected + ", found " + Scalars.found(value));
        }
        return read;
    }

    private <T> Optional<T> attempt(Node place, String prefix, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            findings.add(place, prefix + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Node> value(String key) {
        asked.add(key);
        findings.asked(prefix + key);
        return Optional.ofNullable(values.get(key));
    }

    private List<Node> nodes(String key) {
        return value(key)
                .filter(value -> !Scalars.isNothing(value))
                .map(value -> items(key, value))
                .orElse(List.of());
    }

    private List<Node> items(String key, Node value) {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        findings.add(value, prefix + key + ": expected a list, found " + Scalars.found(value));
        return List.of();
    }

    private void put(NodeTuple tuple) {
        var place = tuple.getKeyNode();
        var key = place instanceof ScalarNode scalar ? scalar.getValue() : Scalars.found(place);
        var first = keys.putIfAbsent(key, place);
        values.putIfAbsent(key, tuple.getValueNode());
        if (first != null) {
            findings.add(place, prefix + key + ": is there twice, first in line " + Findings.line(first));
        }
    }

    private String at(String message) {
        return prefix.isEmpty() ? message : prefix.substring(0, prefix.length() - 1) + ": " + message;
    }
}
