package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
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
        return LeastCost.ofOverhead(pool, true);
    }
}
