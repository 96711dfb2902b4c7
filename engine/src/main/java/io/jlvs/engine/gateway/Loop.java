package io.jlvs.engine.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;

/** The event loop that all gateways run on: of a Vert.x of one loop, apart from the director's own. */
public final class Loop {

    private final Context context;

    /** @param outside with one event loop */
    public Loop(Vertx outside) {
        this.context = outside.getOrCreateContext();
    }

    /** Has something done there, unless the gateways are closed and nobody is left. From any thread. */
    public void run(Runnable work) {
        try {
            context.runOnContext(_ -> work.run());
        } catch (RejectedExecutionException _) {
            // Vert.x is closed
        }
    }

    /** Has something done there after a time, 1 ms or more. */
    void later(long millis, Runnable work) {
        context.owner().setTimer(millis, _ -> work.run());
    }

    /** The Vert.x that the loop belongs to. */
    Vertx vertx() {
        return context.owner();
    }
}
