package io.jlvs.scheduler.locality;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakePool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.SchedulerContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalityBasedTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new LocalityBased();
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server picked) {
        assertThat(picked).as("somebody is eligible").isNotNull();
    }

    /** As asked of Linux 6.1. */
    @Test
    void aServerThatLeavesAndReturnsHasItsAddressesAgain() {
        var idle = FakeServer.server("10.2.0.11", 80, 1);
        var home = FakeServer.server("10.2.0.12", 80, 1);
        var flow = new Flow(Protocol.UDP, Endpoint.of("10.0.0.2", 5000), Endpoint.of("10.0.0.100", 80));
        var scheduler = scheduler();
        var before = scheduler.prepare(FakePool.of(home, idle), null);
        assertThat(before.pick(flow)).isSameAs(home);

        var meanwhile = scheduler.prepare(FakePool.of(idle), before);
        var returned = FakeServer.server("10.2.0.12", 80, 1);
        returned.setConnections(0, 2);
        var after = scheduler.prepare(FakePool.of(returned, idle), meanwhile);

        assertThat(after.pick(flow)).isSameAs(returned);
    }
}
