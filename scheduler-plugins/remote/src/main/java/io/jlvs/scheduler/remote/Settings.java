package io.jlvs.scheduler.remote;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.AskingScheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What jlvs.yaml says under {@code schedulers.remote}.
 *
 * @param address at which siblings listen; {@value #SERVICE} in it stands for the service
 * @param deadline 1 ms to {@link AskingScheduler#LONGEST_DEADLINE}
 * @param fallback name of a scheduler
 */
record Settings(String address, Duration deadline, String fallback) {

    static final Settings DEFAULTS = new Settings("jlvs.pick", Duration.ofMillis(20), "wlc");

    private static final String SERVICE = "{service}";
    private static final Pattern ADDRESS = Pattern.compile("jlvs\\.pick(\\.[^\\s*]+)?");
    private static final Pattern MILLISECONDS = Pattern.compile("(\\d{1,3})ms");

    /** @throws IllegalArgumentException that says what was expected */
    static Settings of(Map<String, List<String>> options) {
        var unknown = new HashMap<>(options);
        unknown.keySet().removeAll(List.of("address", "deadline", "fallback"));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("expected address, deadline or fallback, found "
                    + String.join(", ", unknown.keySet().stream().sorted().toList()));
        }
        return new Settings(
                address(option(options, "address", DEFAULTS.address())),
                options.containsKey("deadline") ? deadline(option(options, "deadline", "")) : DEFAULTS.deadline(),
                fallback(option(options, "fallback", DEFAULTS.fallback())));
    }

    /** Where to ask about connections to a service. */
    String addressFor(ServiceKey service) {
        return address.replace(
                SERVICE, service.toString().toLowerCase(Locale.ROOT).replace(' ', '.'));
    }

    private static String option(Map<String, List<String>> options, String key, String otherwise) {
        var values = options.getOrDefault(key, List.of(otherwise));
        if (values.size() != 1) {
            throw new IllegalArgumentException(key + ": expected one text, found " + values);
        }
        return values.getFirst();
    }

    /** Nothing else is open to siblings. */
    private static String address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException("address: expected jlvs.pick or jlvs.pick.NAME, found '" + text + "'");
        }
        return text;
    }

    private static Duration deadline(String text) {
        var matcher = MILLISECONDS.matcher(text);
        var deadline = matcher.matches() ? Duration.ofMillis(Long.parseLong(matcher.group(1))) : Duration.ZERO;
        if (deadline.isZero() || deadline.compareTo(AskingScheduler.LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline: expected 1ms to "
                    + AskingScheduler.LONGEST_DEADLINE.toMillis() + "ms, such as 20ms, found '" + text + "'");
        }
        return deadline;
    }

    private static String fallback(String text) {
        if (text.equals("remote")) {
            throw new IllegalArgumentException("fallback: expected a scheduler that decides by itself, found 'remote'");
        }
        return text;
    }
}
