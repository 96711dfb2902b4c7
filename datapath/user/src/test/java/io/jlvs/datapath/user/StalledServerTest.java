package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StalledServerTest {

    private static final int MORE_THAN_ITS_BACKLOG = 16;

    @Test
    void takesTheNextServerWhenOneDoesNotAcceptInTime() throws Exception {
        try (var relay = new RelayFixture(options(Duration.ofMillis(300)));
                var stalled = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            for (int i = 0; i < MORE_THAN_ITS_BACKLOG; i++) {
                var waiting = relay.keep(SocketChannel.open());
                waiting.configureBlocking(false);
                waiting.connect(stalled.getLocalSocketAddress());
            }
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(stalled), nat(server));

            var client = relay.connect(service);
            TcpRelayTest.write(client, "hello");

            assertThat(TcpRelayTest.read(relay.accept(server), 5)).isEqualTo("hello");
            assertThat(relay.dataPath.load(id(service, nat(stalled))).active()).isZero();
        }
    }

    private static UserDataPathOptions options(Duration connectTimeout) {
        var defaults = UserDataPathOptions.DEFAULTS;
        return new UserDataPathOptions(
                defaults.transport(),
                connectTimeout,
                defaults.connectTries(),
                defaults.tcpIdleTimeout(),
                defaults.udpIdleTimeout(),
                0,
                0);
    }
}
