package io.jlvs.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final Set<String> THREE = Set.of("a", "b", "c");

    @Test
    void oldestThatIsHereHoldsTheAddresses() {
        assertThat(Ownership.owner(List.of("b", "c", "a"), THREE)).contains("b");
    }

    @Test
    void sideWithLessThanHalfLeavesThem() {
        assertThat(Ownership.owner(List.of("c"), THREE)).isEmpty();
        assertThat(Ownership.owner(List.of("a", "b"), THREE)).contains("a");
    }

    @Test
    void oneOfTwoServesWhenItSeesNobody() {
        assertThat(Ownership.owner(List.of("b"), Set.of("a", "b"))).contains("b");
    }

    @Test
    void whoIsNoMemberHoldsNothingAndCountsForNothing() {
        assertThat(Ownership.owner(List.of("stranger", "c"), THREE)).isEmpty();
    }

    @Test
    void nobodyHoldsThemBeforeTheDirectorHasJoined() {
        assertThat(Ownership.owner(List.of(), THREE)).isEmpty();
    }
}
