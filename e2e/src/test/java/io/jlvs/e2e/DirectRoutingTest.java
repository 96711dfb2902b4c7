package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.OneArm;
import io.jlvs.e2e.lab.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mode dr: only link addresses change, answers go straight back. */
class DirectRoutingTest extends ForwardingModeContract {

    DirectRoutingTest() {
        super("-g");
    }

    @Override
    protected Topology build() {
        var oneArm = OneArm.build();
        oneArm.servers().forEach(server -> server.setUp("dr"));
        return oneArm;
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheIpHeader(Family family) {
        balanceFirst(family);
        try (var sent = topology.client().capture("eth0", "tcp dst port 80");
                var arrived = first().host().capture("eth0", "tcp dst port 80")) {
            visitor.who(Topology.vip(family), 1);

            var before = sent.await("Flags \\[S\\]");
            var after = arrived.await("Flags \\[S\\]");

            assertThat(after.unchangingHeader()).isEqualTo(before.unchangingHeader());
            assertThat(after.ttl()).isEqualTo(before.ttl() - 1);
            assertThat(after.payload()).isEqualTo(before.payload());
            assertThat(after.sourceMac()).isEqualTo(topology.director().mac("eth0"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersBypassTheDirector(Family family) {
        answersBypassTheDirectorOf(family);
    }
}
