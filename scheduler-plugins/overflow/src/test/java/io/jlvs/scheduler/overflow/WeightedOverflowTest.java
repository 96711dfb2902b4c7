package io.jlvs.scheduler.overflow;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class WeightedOverflowTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new WeightedOverflow();
    }
}
