package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code sed}: the server where the next connection would wait least; of equals the newest. */
@Extension
public final class ShortestExpectedDelay implements Scheduler {

    @Override
    public String name() {
        return "sed";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return LeastCost.ofExpectedDelay(pool, false);
    }
}
