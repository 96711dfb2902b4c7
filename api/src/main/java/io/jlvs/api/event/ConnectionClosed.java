package io.jlvs.api.event;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;

/**
 * An opened connection has ended.
 *
 * @param inBytes payload from the client
 * @param outBytes payload to the client
 * @param durationNanos since it was requested
 */
public record ConnectionClosed(
        long at,
        long id,
        ServiceKey service,
        Flow flow,
        Endpoint server,
        long inBytes,
        long outBytes,
        long durationNanos,
        Cause cause)
        implements ConnectionEvent {

    /** What ended it. */
    public enum Cause {
        /** Both sides have closed. */
        FINISHED,
        CLIENT_RESET,
        SERVER_RESET,
        IDLE,
        /** The data path was closed. */
        SHUTDOWN
    }
}
