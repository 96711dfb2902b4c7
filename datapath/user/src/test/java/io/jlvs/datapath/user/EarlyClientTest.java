package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.event.ConnectionRequested;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client does before it is known which server it gets. */
@Timeout(60)
class EarlyClientTest {

    @Test
    void losesNothingOfAClientThatHasFinishedBeforeItsServerIsKnown() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var answers = relay.upcalls.hold();
            var client = relay.connect(relay.tcpService(nat(server)));
            var question = new byte[300_000];
            new Random(1).nextBytes(question);
            client.getOutputStream().write(question);
            client.shutdownOutput();
            await().until(() -> !relay.upcalls.events(ConnectionRequested.class).isEmpty());

            answers.complete(null);

            var accepted = relay.accept(server);
            assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(question);
            TcpRelayTest.write(accepted, "answer");
            accepted.close();
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
            await().until(() -> !relay.upcalls.events(ConnectionRequested.class).isEmpty());

            answers.complete(null);

            await().untilAsserted(() -> {
                var load = relay.dataPath.load(id(service, nat(server)));
                assertThat(load.active() + load.inactive()).isZero();
            });
        }
    }
}
