package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class LeastConnectionReplayTest extends ReplayContract {

    LeastConnectionReplayTest() {
        super(26, "lc", "wlc");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new LeastConnection(), new WeightedLeastConnection()};
    }
}
