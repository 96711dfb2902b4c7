package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class SourceHashTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new SourceHash();
    }
}
