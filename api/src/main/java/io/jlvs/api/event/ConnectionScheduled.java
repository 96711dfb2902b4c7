package io.jlvs.api.event;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;

/**
 * A server was picked.
 *
 * @param scheduler name of the scheduler in charge
 * @param how who decided
 * @param pickNanos how long the scheduler took; 0 when it was not asked
 */
public record ConnectionScheduled(
        long at, long id, ServiceKey service, Flow flow, Endpoint server, String scheduler, How how, long pickNanos)
        implements ConnectionEvent {

    /** Who decided. */
    public enum How {
        SCHEDULER,
        /** The client came back within its persistence timeout. */
        PERSISTENCE,
        /**
         * The scheduler had no answer that could be used, so its fallback picked; or it failed or insisted on a server
         * that could not be reached, so the next eligible one was taken.
         */
        FALLBACK
    }
}
