package io.jlvs.api;

/**
 * Limits on a server's connections, active and inactive together. A server that reaches {@code upper} is overloaded and
 * gets no new connection until the number falls below {@code lower}, or below three quarters of {@code upper} when
 * {@code lower} is 0.
 *
 * @param upper 0..2147483647; 0 means no limit
 * @param lower 0..upper
 */
public record Thresholds(int upper, int lower) {

    public static final Thresholds NONE = new Thresholds(0, 0);

    public Thresholds {
        if (upper < 0 || lower < 0 || lower > upper) {
            throw new IllegalArgumentException(
                    "thresholds upper " + upper + ", lower " + lower + ": expected 0 <= lower <= upper");
        }
    }

    /** Whether a server with so many connections is overloaded, given whether it was before. */
    public boolean overloaded(int connections, boolean before) {
        if (upper == 0) {
            return false;
        }
        return connections >= upper || (before && connections >= reopening());
    }

    /** Whether these, set in place of others, open a server at once as in IPVS: a higher upper one does, or none. */
    public boolean open(Thresholds before) {
        return upper == 0 || upper > before.upper;
    }

    private int reopening() {
        return lower > 0 ? lower : upper - (upper >> 2);
    }
}
