package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.ReplayContract;

class MaglevReplayTest extends ReplayContract {

    MaglevReplayTest() {
        super(14, "mh");
    }

    @Override
    protected Scheduler[] schedulers() {
        return new Scheduler[] {new MaglevHash()};
    }
}
