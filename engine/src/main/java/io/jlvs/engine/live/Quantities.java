package io.jlvs.engine.live;

/** Quantities in few characters, for a terminal. */
final class Quantities {

    private static final int BAR = 10;

    private Quantities() {}

    /** {@code 0.4}, {@code 1,234}, {@code 123k}. */
    static String number(double value) {
        return value > 0 && value < 10 && value != Math.rint(value)
                ? "%.1f".formatted(value)
                : scaled(value, 100_000, "", "k", "M", "G");
    }

    /** Bytes a second as bits a second: {@code 12.3Mb}. */
    static String bits(double bytesPerSecond) {
        return scaled(8 * bytesPerSecond, 1000, "b", "kb", "Mb", "Gb");
    }

    /** {@code ####......} for 0.4. */
    static String bar(double part) {
        int full = (int) Math.round(Math.clamp(part, 0, 1) * BAR);
        return "#".repeat(full) + ".".repeat(BAR - full);
    }

    /** {@code 2m 05s}, {@code 13h 05m}. */
    static String time(long seconds) {
        return seconds < 3600
                ? "%dm %02ds".formatted(seconds / 60, seconds % 60)
                : "%dh %02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }

    /** In the next unit as soon as it reaches the limit. */
    private static String scaled(double value, int limit, String... units) {
        int unit = 0;
        double scaled = value;
        while (scaled >= (unit == 0 ? limit : 1000) && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return (unit == 0 || scaled >= 100 ? "%,.0f%s" : "%.1f%s").formatted(scaled, units[unit]);
    }
}
