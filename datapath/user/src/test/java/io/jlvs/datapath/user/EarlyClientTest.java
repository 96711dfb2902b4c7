package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.datapath.user.UserDataPathOptions.TransportChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client does before it is known which server it gets. */
@Timeout(60)
class EarlyClientTest {

    private static final int CLIENTS = 9;

    @ParameterizedTest
    @EnumSource(names = {"NIO", "IO_URING"})
    void losesNothingOfAClientThatHasFinishedBeforeItsServerIsKnown(TransportChoice transport) throws Exception {
        try (var relay = new RelayFixture(options(transport))) {
            var server = relay.listen("127.0.0.1");
            var answers = relay.upcalls.hold();
            var service = relay.tcpService(nat(server));
            var client = relay.connect(service);
            var question = new byte[300_000];
            new Random(1).nextBytes(question);
            client.getOutputStream().write(question);
            client.shutdownOutput();
            letTheLoopsRun(relay, service);

            answers.complete(null);

            var arrived = new ArrayList<byte[]>();
            for (int clients = 1; clients <= CLIENTS; clients++) {
                var accepted = relay.accept(server);
                arrived.add(accepted.getInputStream().readAllBytes());
                TcpRelayTest.write(accepted, "answer");
                accepted.close();
            }
            assertThat(arrived).filteredOn(bytes -> bytes.length > 0).containsExactly(question);
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("answer");
        }
    }

    @Test
    void countsNothingForAClientThatIsGoneBeforeItsServerIsKnown() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var answers = relay.upcalls.hold();
            TcpRelayTest.reset(relay.connect(service));
            letTheLoopsRun(relay, service);

            answers.complete(null);

            await().untilAsserted(() -> {
                var load = relay.dataPath.load(id(service, nat(server)));
                assertThat(load.active()).isZero();
                assertThat(load.inactive()).isEqualTo(CLIENTS - 1); // the others wait for an answer
            });
        }
    }

    private static UserDataPathOptions options(TransportChoice transport) {
        var defaults = UserDataPathOptions.DEFAULTS;
        return new UserDataPathOptions(
                transport, defaults.connectTimeout(), 5, defaults.tcpIdleTimeout(), defaults.udpIdleTimeout(), 0, 0);
    }

    /** When these further clients have come through, each event loop has seen what the first one did. */
    private static void letTheLoopsRun(RelayFixture relay, ServiceKey service) throws Exception {
        for (int clients = 2; clients <= CLIENTS; clients++) {
            relay.connect(service).shutdownOutput();
            var expected = clients;
            await().until(() -> relay.upcalls.events(ConnectionRequested.class).size() == expected);
        }
    }
}
