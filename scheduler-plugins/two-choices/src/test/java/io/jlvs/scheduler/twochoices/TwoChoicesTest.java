package io.jlvs.scheduler.twochoices;

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
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TwoChoicesTest extends SchedulerContract {

    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));

    @Override
    protected Scheduler scheduler() {
        return new TwoChoices();
    }

    @Override
    protected boolean isDeterministic() {
        return false;
    }

    @Override
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server picked) {
        assertThat(picked).as("somebody is eligible").isNotNull();
    }

    /** With the same load everywhere the first drawn wins; chi-square with 3 degrees of freedom, 99.999 %. */
    @Test
    void drawsByWeight() {
        var servers = new FakeServer[] {
            FakeServer.server("10.2.0.1", 80, 10),
            FakeServer.server("10.2.0.2", 80, 20),
            FakeServer.server("10.2.0.3", 80, 30),
            FakeServer.server("10.2.0.4", 80, 40)
        };
        var picker = scheduler().prepare(FakePool.of(servers), null);
        var counts = new HashMap<@Nullable Server, Integer>();

        for (int i = 0; i < 10_000; i++) {
            counts.merge(picker.pick(FLOW), 1, Integer::sum);
        }

        double chiSquare = 0;
        for (var server : servers) {
            double expected = 10_000 * server.weight() / 100.0;
            chiSquare += Math.pow(counts.getOrDefault(server, 0) - expected, 2) / expected;
        }
        assertThat(chiSquare).isLessThan(35);
    }
}
