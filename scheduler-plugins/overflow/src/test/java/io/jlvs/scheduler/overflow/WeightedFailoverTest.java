package io.jlvs.scheduler.overflow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;

class WeightedFailoverTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new WeightedFailover();
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server answer) {
        var picked = requireNonNull(answer, "refused although one is eligible");
        assertThat(pool.eligible()).allMatch(server -> server.weight() <= picked.weight());
    }
}
