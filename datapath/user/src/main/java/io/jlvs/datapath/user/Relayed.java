package io.jlvs.datapath.user;

import io.jlvs.api.event.ConnectionClosed;

/** A connection or session that is being relayed. */
interface Relayed {

    /** When a byte last moved, as of {@link System#nanoTime}. Read from any thread: a little staleness does no harm. */
    long lastMovedNanos();

    /** How long nothing may move, in nanoseconds; 0 is for ever. */
    long idleTimeoutNanos();

    /** Ends it. May be called from any thread, and more than once. */
    void end(ConnectionClosed.Cause cause);
}
