package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class BucketsReplayTest extends ReplayContract {

    BucketsReplayTest() {
        super(21, "sh", "dh");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new SourceHash(), new DestinationHash()};
    }
}
