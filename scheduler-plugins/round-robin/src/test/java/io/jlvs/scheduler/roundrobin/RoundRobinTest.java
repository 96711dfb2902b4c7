package io.jlvs.scheduler.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.FakePool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.SchedulerContract;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundRobinTest extends SchedulerContract {

    @Override
    protected Scheduler scheduler() {
        return new RoundRobin();
    }

    /** After any number of picks no server had two more than another, whatever the weights. */
    @Property
    void isFair(@ForAll @IntRange(min = 1, max = 50) int servers, @ForAll @IntRange(min = 1, max = 500) int picks) {
        var pool = new FakePool(
                IntStream.range(0, servers)
                        .mapToObj(i -> FakeServer.server("10.2.0." + (i + 1), 80, 1 + i % 7))
                        .toList(),
                Set.of());
        var picker = new RoundRobin().prepare(pool, null);
        var counts = new HashMap<Object, Integer>();
        pool.all().forEach(server -> counts.put(server, 0));

        for (int i = 0; i < picks; i++) {
            counts.merge(picker.pick(flow()), 1, Integer::sum);
        }

        var summary = counts.values().stream().mapToInt(count -> count).summaryStatistics();
        assertThat(summary.getMax() - summary.getMin()).isLessThanOrEqualTo(1);
    }

    private static Flow flow() {
        return new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));
    }
}
