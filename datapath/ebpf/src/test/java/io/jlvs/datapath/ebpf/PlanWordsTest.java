package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Plan.Slots.Hash;
import io.jlvs.api.spi.Server;
import io.jlvs.api.testing.FakeServer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanWordsTest {

    private static final Server FIRST = FakeServer.server("10.1.0.1", 80, 1);
    private static final Server SECOND = FakeServer.server("10.1.0.2", 80, 1);
    private static final Server STRANGER = FakeServer.server("10.1.0.3", 80, 1);

    @Test
    void noPlanIsToAsk() {
        assertThat(words(null)).containsExactly(PlanWords.ASK, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void cycleTellsWhereItLoops() {
        assertThat(words(new Plan.Cycle(List.of(FIRST, SECOND, FIRST), 1)))
                .containsExactly(PlanWords.CYCLE, 3, 1, 0, 0, 0, 0, 0, 11, 12, 11);
    }

    @Test
    void costHasItsFactors() {
        assertThat(words(new Plan.LeastCost(List.of(SECOND, FIRST), 256, 1, 7, false, true)))
                .containsExactly(
                        PlanWords.COST, 2, 0, 0, 256, 1, 7, PlanWords.UNWEIGHTED | PlanWords.IDLE_FIRST, 12, 11);
        assertThat(words(new Plan.LeastCost(List.of(FIRST), 1, 0, 0, true, false))[PlanWords.FLAGS])
                .isZero();
    }

    @Test
    void emptySlotsAndStrangersAreNobody() {
        var slots = new Plan.Slots(Arrays.<@Nullable Server>asList(FIRST, null, STRANGER), Hash.MAGLEV, true, true);

        assertThat(words(slots))
                .containsExactly(PlanWords.SLOTS, 3, 0, 0, 0, 0, 0, PlanWords.WITH_PORT | PlanWords.FALLBACK, 11, 0, 0);
    }

    @Test
    void hashesAreToldApart() {
        assertThat(flags(Hash.MAGLEV)).isZero();
        assertThat(flags(Hash.SOURCE)).isEqualTo(PlanWords.MULTIPLY);
        assertThat(flags(Hash.DESTINATION)).isEqualTo(PlanWords.MULTIPLY | PlanWords.DESTINATION);
    }

    @Test
    void cycleIsTheSameWhereverItStands() {
        var plan = words(new Plan.Cycle(List.of(FIRST, SECOND), 0));
        var walked = plan.clone();
        walked[PlanWords.POSITION] = 5;
        var other = words(new Plan.Cycle(List.of(SECOND, FIRST), 0));

        assertThat(PlanWords.same(plan, walked)).isTrue();
        assertThat(PlanWords.same(plan, other)).isFalse();
        assertThat(PlanWords.same(plan, new int[0])).isFalse();
    }

    private static int flags(Hash hash) {
        return words(new Plan.Slots(List.of(FIRST), hash, false, false))[PlanWords.FLAGS];
    }

    private static int[] words(@Nullable Plan plan) {
        return PlanWords.of(plan, PlanWordsTest::number);
    }

    private static int number(Endpoint endpoint) {
        return switch (endpoint.address().getHostAddress()) {
            case "10.1.0.1" -> 11;
            case "10.1.0.2" -> 12;
            default -> 0;
        };
    }
}
