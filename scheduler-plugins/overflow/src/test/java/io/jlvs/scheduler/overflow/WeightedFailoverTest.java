package io.jlvs.scheduler.overflow;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class WeightedFailoverTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new WeightedFailover();
    }
}
