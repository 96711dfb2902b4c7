package io.jlvs.engine.schedule;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares connections the wait for a sibling that is dead: after some failures in a row it is asked no more, except by one
 * connection now and then that tries. Failures in a row and not in a period, since a busy sibling that is late once in a
 * hundred times is still worth asking. For one thread.
 */
final class Breaker {

    static final int FAILURES = 5;
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier clock;
    private int failures;
    private long nextTry;

    /** @param clock in nanoseconds, such as {@link System#nanoTime} */
    Breaker(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether to ask now; if so, {@link #succeeded} or {@link #failed} follows. */
    boolean lets() {
        if (!isOpen()) {
            return true;
        }
        var now = clock.getAsLong();
        if (now - nextTry < 0) {
            return false;
        }
        nextTry = now + PAUSE.toNanos();
        return true;
    }

    /** Takes note of an answer; tells whether it ends a time of silence. */
    boolean succeeded() {
        var wasOpen = isOpen();
        failures = 0;
        return wasOpen;
    }

    /** Takes note of a failure; tells whether a time of silence begins. */
    boolean failed() {
        if (isOpen()) {
            return false;
        }
        failures++;
        nextTry = clock.getAsLong() + PAUSE.toNanos();
        return isOpen();
    }

    private boolean isOpen() {
        return failures >= FAILURES;
    }
}
