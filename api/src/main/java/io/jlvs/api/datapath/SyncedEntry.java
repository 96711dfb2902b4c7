package io.jlvs.api.datapath;

import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import java.time.Duration;

/**
 * What directors tell each other of their tables, in words that mean the same on each: addresses and names, never the
 * numbers of one director's maps.
 */
public sealed interface SyncedEntry permits SyncedConnection, SyncedTemplate {

    /** The longest timeout that an entry can have: 31 days, that of persistence. */
    Duration MAX_TIMEOUT = Duration.ofDays(31);

    /** A timeout of so many nanoseconds, or the nearest that an entry can have: a millisecond to {@link #MAX_TIMEOUT}. */
    static Duration timeout(long nanos) {
        return Duration.ofNanos(Math.clamp(nanos, 1_000_000, MAX_TIMEOUT.toNanos()));
    }

    ServiceKey service();

    /** The real server. */
    Endpoint server();

    /** How long no packet of it has come. */
    Duration silent();

    /** After which silence it goes. */
    Duration timeout();

    /** Whether no time is left of it. */
    default boolean isOver() {
        return silent().compareTo(timeout()) >= 0;
    }
}
