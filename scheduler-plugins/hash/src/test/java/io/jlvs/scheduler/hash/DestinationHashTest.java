package io.jlvs.scheduler.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;

class DestinationHashTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new DestinationHash();
    }

    /** The same pool and flow lead to the same server, whatever was picked before. */
    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server picked) {
        assertThat(scheduler().prepare(pool, null).pick(flow)).isSameAs(picked);
    }
}
