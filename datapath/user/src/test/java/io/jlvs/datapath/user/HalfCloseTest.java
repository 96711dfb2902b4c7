package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static io.jlvs.datapath.user.TcpRelayTest.read;
import static io.jlvs.datapath.user.TcpRelayTest.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionClosed.Cause;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HalfCloseTest {

    @Test
    void passesOnAHalfCloseOfTheClientAndGoesOnToAnswer() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var client = relay.connect(service);
            var accepted = relay.accept(server);

            write(client, "all I have");
            client.shutdownOutput();
            assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("all I have");
            await().until(() -> relay.dataPath.load(id(service, nat(server))).inactive() == 1);
            assertThat(relay.dataPath.load(id(service, nat(server))).active()).isZero();
            write(accepted, "late answer");
            accepted.close();

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("late answer");
            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
            assertThat(relay.upcalls.events(ConnectionClosed.class))
                    .singleElement()
                    .satisfies(closed -> {
                        assertThat(closed.cause()).isEqualTo(Cause.FINISHED);
                        assertThat(closed.inBytes()).isEqualTo(10);
                        assertThat(closed.outBytes()).isEqualTo(11);
                    });
            assertThat(relay.dataPath.load(id(service, nat(server))).inactive()).isZero();
        }
    }

    @Test
    void passesOnAHalfCloseOfTheServerAndGoesOnToListenToTheClient() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var client = relay.connect(relay.tcpService(nat(server)));
            var accepted = relay.accept(server);

            accepted.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            write(client, "still here");

            assertThat(read(accepted, 10)).isEqualTo("still here");
        }
    }
}
