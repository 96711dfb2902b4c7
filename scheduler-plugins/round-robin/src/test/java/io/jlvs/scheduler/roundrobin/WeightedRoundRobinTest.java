package io.jlvs.scheduler.roundrobin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.testing.FakePool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.PlanRunner;
import io.jlvs.api.testing.SchedulerContract;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedRoundRobinTest extends SchedulerContract {

    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));

    @Override
    protected Scheduler scheduler() {
        return new WeightedRoundRobin();
    }

    @Property
    void picksAsThePublishedAlgorithmDoes(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 40) Integer> weights, @ForAll long seed) {
        Assume.that(weights.stream().anyMatch(weight -> weight > 0));
        var pool = pool(weights);
        var picker = new WeightedRoundRobin().prepare(pool, null);
        var published = new Published(pool.all());
        var random = new Random(seed);

        for (int i = 0; i < 300; i++) {
            pool.all().get(random.nextInt(weights.size())).setOverloaded(random.nextInt(4) == 0);
            if (!pool.eligible().isEmpty()) {
                assertThat(picker.pick(FLOW))
                        .as("pick %d of weights %s", i, weights)
                        .isSameAs(published.pick());
            }
        }
    }

    @Property
    void givesEachServerItsShareInEveryCycle(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 30) Integer> weights) {
        var pool = pool(weights);
        var picker = new WeightedRoundRobin().prepare(pool, null);
        int divisor = weights.stream().reduce(0, Published::divisor);
        int cycle = weights.stream().mapToInt(weight -> weight / divisor).sum();
        var counts = new HashMap<Object, Integer>();

        for (int i = 0; i < 3 * cycle; i++) {
            counts.merge(picker.pick(FLOW), 1, Integer::sum);
        }

        assertThat(pool.all())
                .allSatisfy(server -> assertThat(counts).containsEntry(server, 3 * server.weight() / divisor));
    }

    /** From anywhere in a cycle, with servers that get overloaded and open again. */
    @Property
    void plansWhatItPicks(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 40) Integer> weights,
            @ForAll @IntRange(max = 100) int before,
            @ForAll long seed) {
        Assume.that(weights.stream().anyMatch(weight -> weight > 0));
        var pool = pool(weights);
        var picker = new WeightedRoundRobin().prepare(pool, null);
        for (int i = 0; i < before; i++) {
            picker.pick(FLOW);
        }
        var planned = new PlanRunner(requireNonNull(picker.plan()));
        var random = new Random(seed);

        for (int i = 0; i < 300; i++) {
            pool.all().get(random.nextInt(weights.size())).setOverloaded(random.nextInt(4) == 0);
            if (!pool.eligible().isEmpty()) {
                assertThat(picker.pick(FLOW))
                        .as("pick %d of weights %s", i, weights)
                        .isSameAs(planned.pick(FLOW));
            }
        }
    }

    @Test
    void plansNothingThatIsTooLongToBeWrittenDown() {
        assertThat(new WeightedRoundRobin()
                        .prepare(pool(List.of(Plan.Cycle.MAX_LENGTH - 1, 1)), null)
                        .plan())
                .isNotNull();
        assertThat(new WeightedRoundRobin()
                        .prepare(pool(List.of(Plan.Cycle.MAX_LENGTH, 1)), null)
                        .plan())
                .isNull();
        assertThat(new WeightedRoundRobin()
                        .prepare(pool(List.of(Integer.MAX_VALUE, Integer.MAX_VALUE)), null)
                        .plan())
                .isNotNull();
    }

    @Test
    void findsALightServerAtOnceWhenTheHeavyOneIsOverloaded() {
        var pool = pool(List.of(Integer.MAX_VALUE, 1));
        pool.all().getFirst().setOverloaded(true);

        assertThat(new WeightedRoundRobin().prepare(pool, null).pick(FLOW))
                .isSameAs(pool.all().getLast());
    }

    private static FakePool pool(List<Integer> weights) {
        return new FakePool(
                IntStream.range(0, weights.size())
                        .mapToObj(i -> FakeServer.server("10.2.0." + (i + 1), 80, weights.get(i)))
                        .toList(),
                Set.of());
    }

    /** Weighted round-robin scheduling as the LVS documentation has it, step by step, overloaded servers passed by. */
    private static final class Published {

        private final List<FakeServer> servers;
        private int i = -1;
        private int cw;

        Published(List<FakeServer> servers) {
            this.servers = servers;
        }

        FakeServer pick() {
            while (true) {
                i = (i + 1) % servers.size();
                if (i == 0) {
                    cw -= servers.stream().map(FakeServer::weight).reduce(0, Published::divisor);
                    if (cw <= 0) {
                        cw = servers.stream().mapToInt(FakeServer::weight).max().orElseThrow();
                    }
                }
                var server = servers.get(i);
                if (server.weight() >= cw && !server.overloaded()) {
                    return server;
                }
            }
        }

        static int divisor(int a, int b) {
            return b == 0 ? a : divisor(b, a % b);
        }
    }
}
