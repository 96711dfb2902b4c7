package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;

/** What a server has to carry, as IPVS weighs it. */
final class Overhead {

    /** How many inactive connections weigh as much as an active one. */
    private static final int ACTIVE = 256;

    private Overhead() {}

    static long of(Server server) {
        return (long) server.active() * ACTIVE + server.inactive();
    }

    /** The least of this, for the weight or not, written down. */
    static Plan plan(ServerPool pool, boolean weighted) {
        return new Plan.LeastCost(pool.all(), ACTIVE, 1, 0, weighted, false);
    }
}
