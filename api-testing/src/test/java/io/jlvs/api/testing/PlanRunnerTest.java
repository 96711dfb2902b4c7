package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Plan.Slots.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanRunnerTest {

    private final FakeServer a = FakeServer.server("10.2.0.11", 80, 1);
    private final FakeServer b = FakeServer.server("10.2.0.12", 80, 2);
    private final FakeServer c = FakeServer.server("10.2.0.13", 80, 1);

    @Test
    void walksWhatIsBeforeTheLoopOnce() {
        var runner = new PlanRunner(new Plan.Cycle(List.of(a, b, c), 1));

        assertThat(Stream.generate(() -> runner.pick(flow("10.0.0.2"))).limit(6).<Object>map(server -> server))
                .containsExactly(a, b, c, b, c, b);
    }

    @Test
    void stepsOverTheOverloadedAndCountsThem() {
        var runner = new PlanRunner(new Plan.Cycle(List.of(a, b, c), 0));
        a.setOverloaded(true);
        b.setOverloaded(true);

        assertThat(runner.pick(flow("10.0.0.2"))).isSameAs(c);
        assertThat(runner.walked()).isEqualTo(3);
    }

    @Test
    void picksNobodyWhenNobodyIsEligible() {
        a.setOverloaded(true);

        assertThat(new PlanRunner(new Plan.Cycle(List.of(a), 0)).pick(flow("10.0.0.2")))
                .isNull();
        assertThat(new PlanRunner(new Plan.LeastCost(List.of(a), 1, 0, 0, true, false)).pick(flow("10.0.0.2")))
                .isNull();
    }

    @Test
    void takesTheFirstIdleServerWhenThePlanSaysSo() {
        a.setConnections(1, 0);
        b.setConnections(0, 500);
        c.setConnections(0, 0);

        assertThat(new PlanRunner(new Plan.LeastCost(List.of(a, b, c), 1, 1, 1, true, true)).pick(flow("10.0.0.2")))
                .isSameAs(b);
    }

    /** By the formula of ip_vs_sh.c, worked out in 64 bits: 10.0.0.2 and 10.0.0.3, 256 slots. */
    @Test
    void hashesASourceByMultiplication() {
        var slots = servers(256);
        var plan = new Plan.Slots(slots, Hash.SOURCE, false, false);

        assertThat(new PlanRunner(plan).pick(flow("10.0.0.2"))).isSameAs(slots.get(slotOf(0x0a000002)));
        assertThat(new PlanRunner(plan).pick(flow("10.0.0.3"))).isSameAs(slots.get(slotOf(0x0a000003)));
    }

    @Test
    void fallsBackToAnotherSlotOnlyWhenAsked() {
        var slots = servers(256);
        var home = slots.get(slotOf(0x0a000064));
        home.setOverloaded(true);

        assertThat(new PlanRunner(new Plan.Slots(slots, Hash.DESTINATION, false, false)).pick(flow("10.0.0.2")))
                .isNull();
        assertThat(new PlanRunner(new Plan.Slots(slots, Hash.DESTINATION, false, true)).pick(flow("10.0.0.2")))
                .isNotNull()
                .isNotSameAs(home);
    }

    @Test
    void refusesAFlowWhoseSlotIsEmpty() {
        List<@Nullable FakeServer> empty = new ArrayList<>();
        empty.add(null);

        assertThat(new PlanRunner(new Plan.Slots(empty, Hash.MAGLEV, false, true)).pick(flow("10.0.0.2")))
                .isNull();
    }

    private static int slotOf(int address) {
        return (int) ((address * 0x61c88647L & 0xffffffffL) >> 24);
    }

    private static List<FakeServer> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> FakeServer.server("10.2.1." + i, 80, 1))
                .toList();
    }

    private static Flow flow(String client) {
        return new Flow(Protocol.TCP, Endpoint.of(client, 40000), Endpoint.of("10.0.0.100", 80));
    }
}
