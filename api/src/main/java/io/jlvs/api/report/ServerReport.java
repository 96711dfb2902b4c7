package io.jlvs.api.report;

import io.jlvs.api.RealServer;
import io.jlvs.api.datapath.Traffic;

/**
 * A real server and its figures.
 *
 * @param traffic since the zero point
 * @param active connections in SYN_RECV or ESTABLISHED
 * @param inactive connections in any other state, and all UDP sessions
 */
public record ServerReport(RealServer server, Traffic traffic, Rates rates, long active, long inactive) {

    /** All connections that the director has with it. */
    public long connections() {
        return active + inactive;
    }
}
