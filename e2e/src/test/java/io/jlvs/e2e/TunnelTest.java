package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.OneArm;
import io.jlvs.e2e.lab.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mode tun: the whole packet travels inside another one, answers go straight back. */
class TunnelTest extends ForwardingModeContract {

    TunnelTest() {
        super("-i");
    }

    @Override
    protected Topology build() {
        var oneArm = OneArm.build();
        oneArm.servers().forEach(server -> server.setUp("tun"));
        return oneArm;
    }

    @ParameterizedTest
    @EnumSource
    void carriesTheClientsPacketInsideOneOfTheDirectors(Family family) {
        balanceFirst(family);
        var filter = family == Family.IPV4 ? "ip proto 4" : "ip6 proto 41";
        try (var sent = topology.client().capture("eth0", "tcp dst port 80");
                var arrived = first().host().capture("eth0", filter)) {
            visitor.who(Topology.vip(family), 1);

            var inner = sent.await("Flags \\[S\\]");
            var outer = arrived.await("Flags \\[S\\]");

            assertThat(outer.text()).contains(directorOf(family) + " > " + first().address(family) + ": ");
            assertThat(outer.ttl()).isEqualTo(inner.ttl() - 1);
            assertThat(outer.inner().unchangingHeader()).isEqualTo(inner.unchangingHeader());
            assertThat(outer.inner().ttl()).isEqualTo(inner.ttl() - 1);
            assertThat(outer.inner().payload()).isEqualTo(inner.payload());
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersBypassTheDirector(Family family) {
        answersBypassTheDirectorOf(family);
    }

    private static String directorOf(Family family) {
        return family == Family.IPV4 ? "10.0.0.1" : "fd00::1";
    }
}
