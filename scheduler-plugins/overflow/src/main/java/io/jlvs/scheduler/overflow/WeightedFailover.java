package io.jlvs.scheduler.overflow;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code fo}: the heaviest server gets everything, whatever it has to do, as long as it is up; of equals the newest.
 */
@Extension
public final class WeightedFailover implements Scheduler {

    @Override
    public String name() {
        return "fo";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Heaviest(pool, false);
    }
}
