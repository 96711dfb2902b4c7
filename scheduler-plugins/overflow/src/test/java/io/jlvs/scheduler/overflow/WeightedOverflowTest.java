package io.jlvs.scheduler.overflow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;

class WeightedOverflowTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new WeightedOverflow();
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server answer) {
        var open = pool.eligible().stream()
                .filter(server -> server.active() <= server.weight())
                .toList();
        if (open.isEmpty()) {
            assertThat(answer).isNull();
        } else {
            var picked = requireNonNull(answer, "refused although one is open");
            assertThat(picked.active()).isLessThanOrEqualTo(picked.weight());
            assertThat(open).allMatch(server -> server.weight() <= picked.weight());
        }
    }
}
