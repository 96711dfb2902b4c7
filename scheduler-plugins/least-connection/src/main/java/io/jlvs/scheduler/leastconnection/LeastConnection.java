package io.jlvs.scheduler.leastconnection;

import static java.util.Comparator.comparingLong;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code lc}: the server with the fewest connections, whatever the weights; of equals the newest. */
@Extension
public final class LeastConnection implements Scheduler {

    @Override
    public String name() {
        return "lc";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Fewest(pool);
    }

    private record Fewest(ServerPool pool) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            return pool.eligible().stream().min(comparingLong(Overhead::of)).orElse(null);
        }

        @Override
        public Plan plan() {
            return Overhead.plan(pool, false);
        }
    }
}
