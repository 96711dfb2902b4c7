package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mode nat: the director rewrites both ways, and forwards nothing by itself. */
class NatTest extends ForwardingModeContract {

    NatTest() {
        super("-m");
    }

    @Override
    protected Topology build() {
        return TwoArm.build();
    }

    @ParameterizedTest
    @EnumSource
    void rewritesTheDestinationOnTheWayThereAndTheSourceOnTheWayBack(Family family) {
        balanceFirst(family);
        try (var atServer = first().host().capture("eth0", "tcp port 80");
                var atClient = topology.client().capture("eth0", "tcp port 80")) {
            visitor.who(Topology.vip(family), 1);

            var sent = atClient.await("Flags \\[S\\]");
            var arrived = atServer.await("Flags \\[S\\]");
            var answer = atServer.await("Flags \\[S\\.\\]");
            var answered = atClient.await("Flags \\[S\\.\\]");

            assertThat(sent.text()).contains(" > " + Topology.vip(family) + ".80: ");
            assertThat(arrived.text()).contains(" > " + first().address(family) + ".80: ");
            assertThat(answer.text()).contains(first().address(family) + ".80 > ");
            assertThat(answered.text()).contains(Topology.vip(family) + ".80 > ");
            assertThat(arrived.ttl()).isEqualTo(sent.ttl() - 1);
            assertThat(answered.ttl()).isEqualTo(answer.ttl() - 1);
        }
    }

    /** Without offloads the checksums in the packets are whole, and tcpdump can tell. */
    @ParameterizedTest
    @EnumSource
    void keepsChecksumsRight(Family family) {
        balanceFirst(family);
        topology.client().withoutOffloads("eth0");
        first().host().withoutOffloads("eth0");
        try (var atServer = first().host().capture("eth0", "tcp dst port 80");
                var atClient = topology.client().capture("eth0", "tcp src port 80")) {
            visitor.who(Topology.vip(family), 1);
            atServer.await("Flags \\[F");
            atClient.await("Flags \\[F");

            assertThat(atServer.packets()).allMatch(packet -> packet.text().contains("(correct)"));
            assertThat(atClient.packets()).allMatch(packet -> packet.text().contains("(correct)"));
        }
    }
}
