package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code wlc}, IPVS's default: the server with the fewest connections for its weight; of equals the newest. */
@Extension
public final class WeightedLeastConnection implements Scheduler {

    @Override
    public String name() {
        return "wlc";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Fewest(pool);
    }

    private record Fewest(ServerPool pool) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            return pool.eligible().stream().min(Fewest::compare).orElse(null);
        }

        @Override
        public Plan plan() {
            return Overhead.plan(pool, true);
        }

        /** Compares overhead / weight without dividing. No product overflows while a server has below 2^23 connections. */
        private static int compare(Server a, Server b) {
            return Long.compare(Overhead.of(a) * b.weight(), Overhead.of(b) * a.weight());
        }
    }
}
