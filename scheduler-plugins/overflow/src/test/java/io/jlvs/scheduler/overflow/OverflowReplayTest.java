package io.jlvs.scheduler.overflow;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class OverflowReplayTest extends ReplayContract {

    OverflowReplayTest() {
        super(18, "fo", "ovf");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new WeightedFailover(), new WeightedOverflow()};
    }
}
