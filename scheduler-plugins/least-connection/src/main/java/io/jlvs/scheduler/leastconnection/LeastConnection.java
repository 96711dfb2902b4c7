package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
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
        return LeastCost.ofOverhead(pool, false);
    }
}
