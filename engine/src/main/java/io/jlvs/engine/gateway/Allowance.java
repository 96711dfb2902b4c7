package io.jlvs.engine.gateway;

import java.util.concurrent.TimeUnit;

/** How many events of connections one subscriber may still have in this second. Used by one event loop. */
final class Allowance {

    static final int UNLIMITED = Integer.MAX_VALUE;

    private final int perSecond;
    private long second;
    private int taken;

    Allowance(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes one; false when there is none left in this second. */
    boolean take() {
        if (perSecond == UNLIMITED) {
            return true;
        }
        var now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            taken = 0;
        }
        return taken++ < perSecond;
    }
}
