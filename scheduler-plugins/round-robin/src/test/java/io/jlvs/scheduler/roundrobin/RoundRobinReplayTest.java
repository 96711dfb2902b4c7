package io.jlvs.scheduler.roundrobin;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class RoundRobinReplayTest extends ReplayContract {

    RoundRobinReplayTest() {
        super(82, "rr", "wrr");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new RoundRobin(), new WeightedRoundRobin()};
    }
}
