package io.jlvs.scheduler.twochoices;

import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.SchedulerContract;

class TwoChoicesTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new TwoChoices();
    }

    @Override
    protected boolean isDeterministic() {
        return false;
    }
}
