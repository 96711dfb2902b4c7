package io.jlvs.engine.ipvsadm;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as C's strtol reads them in base 10, and as listings print them. */
final class Numbers {

    private static final Pattern DECIMAL = Pattern.compile("\\s*[+-]?0*[0-9]{1,18}");
    private static final Pattern LEADING = Pattern.compile("\\s*[+-]?0*[0-9]{1,18}");
    private static final int WIDTH = 8;

    private Numbers() {}

    /** A number of this range; empty when the text is anything else. */
    static OptionalLong read(String text, long least, long most) {
        if (!DECIMAL.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        var number = Long.parseLong(text.strip());
        return number < least || number > most ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The number that a text begins with, as atoi reads it; 0 when it begins with none. */
    static long leading(String text) {
        var digits = LEADING.matcher(text);
        return digits.lookingAt() ? Long.parseLong(digits.group().strip()) : 0;
    }

    /** Nine columns; thousands, millions and so on where eight digits do not suffice, cut, not rounded. */
    static String abbreviated(long number) {
        if (number < 100_000_000L) {
            return "%9d".formatted(number);
        }
        if (number < 1_000_000_000L) {
            return "%8dK".formatted(number / 1000);
        }
        if (number < 100_000_000_000L) {
            return "%8dM".formatted(number / 1_000_000);
        }
        if (number < 100_000_000_000_000L) {
            return "%8dG".formatted(number / 1_000_000_000L);
        }
        return "%8dT".formatted(number / 1_000_000_000_000L);
    }

    /** All digits, in nine columns if they fit. */
    static String exact(long number) {
        return Long.toString(number).length() <= WIDTH ? "%9d".formatted(number) : " " + number;
    }
}
