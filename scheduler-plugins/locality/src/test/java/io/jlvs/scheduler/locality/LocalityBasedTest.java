package io.jlvs.scheduler.locality;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;

class LocalityBasedTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new LocalityBased();
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server picked) {
        assertThat(picked).as("somebody is eligible").isNotNull();
    }
}
