package io.jlvs.scheduler.overflow;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code ovf}: the heaviest server gets everything until it has more active connections than its weight says, then the
 * next heaviest. When all are full, connections are refused.
 */
@Extension
public final class WeightedOverflow implements Scheduler {

    @Override
    public String name() {
        return "ovf";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Heaviest(pool, true);
    }
}
