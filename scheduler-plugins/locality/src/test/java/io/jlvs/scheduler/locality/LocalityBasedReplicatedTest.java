package io.jlvs.scheduler.locality;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class LocalityBasedReplicatedTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new LocalityBasedReplicated();
    }
}
