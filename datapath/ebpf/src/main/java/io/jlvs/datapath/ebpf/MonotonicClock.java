package io.jlvs.datapath.ebpf;

import java.util.concurrent.TimeUnit;

/** The clock of the programs: CLOCK_MONOTONIC, which is what {@link System#nanoTime} reads on Linux. */
final class MonotonicClock {

    private MonotonicClock() {}

    /** Nanoseconds. */
    static long now() {
        return System.nanoTime();
    }

    /** When that was, in milliseconds since 1970. */
    static long toWallMillis(long nanos) {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(now() - nanos);
    }
}
