package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class ShortestExpectedDelayTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new ShortestExpectedDelay();
    }
}
