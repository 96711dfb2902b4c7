package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code sh}: the same client goes to the same server while the servers stay the same. A server that is overloaded, or
 * whose weight is 0, keeps its clients: they are refused unless {@code sh-fallback} is set.
 */
@Extension
public final class SourceHash implements Scheduler {

    @Override
    public String name() {
        return "sh";
    }

    /** A server has as many buckets in a row as its weight; one of weight 0 has one all the same. */
    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Buckets(
                Buckets.fill(pool.all(), server -> Math.max(1, server.weight())), Plan.Slots.Hash.SOURCE, pool);
    }
}
