package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code nq}: the newest server without an active connection, else the one where the next would wait least. */
@Extension
public final class NeverQueue implements Scheduler {

    @Override
    public String name() {
        return "nq";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return LeastCost.ofExpectedDelay(pool, true);
    }
}
