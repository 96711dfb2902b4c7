package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class ExpectedDelayReplayTest extends ReplayContract {

    ExpectedDelayReplayTest() {
        super(20, "sed", "nq");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new ShortestExpectedDelay(), new NeverQueue()};
    }
}
