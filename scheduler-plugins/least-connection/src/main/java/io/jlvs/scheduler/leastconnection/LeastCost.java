package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;

/**
 * Picks what {@link Plan.LeastCost} says. Costs are compared without dividing: no product overflows while a server has
 * below 2^23 connections.
 */
record LeastCost(
        ServerPool pool, int activeFactor, int inactiveFactor, int constant, boolean weighted, boolean idleFirst)
        implements Picker {

    /** What a server has to carry, as IPVS weighs it: an active connection is as much as 256 inactive ones. */
    static LeastCost ofOverhead(ServerPool pool, boolean weighted) {
        return new LeastCost(pool, 256, 1, 0, weighted, false);
    }

    /** The delay that the next connection can expect: inactive connections are none. */
    static LeastCost ofExpectedDelay(ServerPool pool, boolean idleFirst) {
        return new LeastCost(pool, 1, 0, 1, true, idleFirst);
    }

    @Override
    public @Nullable Server pick(Flow flow) {
        Server least = null;
        for (var server : pool.eligible()) {
            if (idleFirst && server.active() == 0) {
                return server;
            }
            least = least == null || costsLess(server, least) ? server : least;
        }
        return least;
    }

    @Override
    public Plan plan() {
        return new Plan.LeastCost(pool.all(), activeFactor, inactiveFactor, constant, weighted, idleFirst);
    }

    private boolean costsLess(Server server, Server than) {
        return weighted ? cost(server) * than.weight() < cost(than) * server.weight() : cost(server) < cost(than);
    }

    private long cost(Server server) {
        return (long) server.active() * activeFactor + (long) server.inactive() * inactiveFactor + constant;
    }
}
