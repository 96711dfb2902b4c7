package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.RelayMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailingModeTest {

    private static final RelayMode THROWS = new RelayMode() {
        @Override
        public String name() {
            return "throws";
        }

        @Override
        public Endpoint destination(Flow flow, RealServer server) {
            throw new IllegalStateException("a plugin's mistake");
        }
    };

    @Test
    void resetsTheClientAndCountsNothing() throws Exception {
        try (var relay = new RelayFixture()) {
            var listening = nat(relay.listen("127.0.0.1"));
            var server = RealServer.of(listening.endpoint(), "throws", 1);
            var service = relay.tcpService(server);
            var entry = new ServiceEntry(VirtualService.of(service, "rr"), List.of(server));
            relay.dataPath.apply(new ForwardingTable(2, List.of(entry), Map.of("throws", THROWS)));

            TcpRelayTest.assertReset(relay.connect(service));

            await().untilAsserted(() -> assertThat(relay.upcalls.events(ConnectionRefused.class))
                    .extracting(ConnectionRefused::reason)
                    .containsExactly(RefusalReason.UNREACHABLE));
            assertThat(relay.dataPath.load(id(service, server)).active()).isZero();
        }
    }
}
