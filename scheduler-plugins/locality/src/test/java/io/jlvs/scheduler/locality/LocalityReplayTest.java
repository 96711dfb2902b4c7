package io.jlvs.scheduler.locality;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class LocalityReplayTest extends ReplayContract {

    LocalityReplayTest() {
        super(15, "lblc", "lblcr");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new LocalityBased(), new LocalityBasedReplicated()};
    }
}
