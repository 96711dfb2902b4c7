package io.jlvs.api.report;

import io.jlvs.api.RealServer;
import java.util.OptionalDouble;

/**
 * A real server and what goes on there now.
 *
 * @param connectMillis until it accepted, on average; empty where that is not known
 */
public record LiveServer(
        RealServer server, State state, long active, long inactive, Rates rates, OptionalDouble connectMillis) {

    /** Whether it takes new connections. */
    public enum State {
        UP,
        /** Weight 0. */
        QUIESCED,
        /** Above its upper threshold. */
        OVERLOADED,
        /** It could not be reached, or is sent connections and accepts none. */
        FAILING
    }
}
