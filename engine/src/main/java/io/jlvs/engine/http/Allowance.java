package io.jlvs.engine.http;

import java.util.concurrent.TimeUnit;

/** How many events of connections one page may still have in this second. Used by one event loop. */
final class Allowance {

    static final int PER_SECOND = 50;

    private long second;
    private int taken;
    private long missed;

    /** Takes one; false when there is none left in this second. */
    boolean take(long nanoTime) {
        var now = TimeUnit.NANOSECONDS.toSeconds(nanoTime);
        if (now != second) {
            second = now;
            taken = 0;
        }
        return taken++ < PER_SECOND;
    }

    /** One was left out. */
    void miss() {
        missed++;
    }

    /** How many were left out since this was asked last. */
    long takeMissed() {
        var count = missed;
        missed = 0;
        return count;
    }
}
