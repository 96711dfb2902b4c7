package io.jlvs.scheduler.leastconnection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;

class ShortestExpectedDelayTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new ShortestExpectedDelay();
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server answer) {
        var picked = requireNonNull(answer, "refused although one is eligible");
        for (var other : pool.eligible()) {
            assertThat(cost(picked) * other.weight())
                    .as("%s against %s", picked, other)
                    .isLessThanOrEqualTo(cost(other) * picked.weight());
        }
    }

    private static long cost(Server server) {
        return server.active() + 1L;
    }
}
