package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static io.jlvs.datapath.user.RelayFixture.virtual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UdpRelayTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void relaysDatagramsBothWaysAndCountsThem(String address) throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.datagrams(address);
            var service = relay.udpService(address, nat(server));
            var client = relay.datagrams(address);

            send(client, service, "one");
            var first = receive(server);
            send(client, service, "two");
            var second = receive(server);
            answer(server, second.getSocketAddress(), "three");

            assertThat(text(first)).isEqualTo("one");
            assertThat(text(second)).isEqualTo("two");
            assertThat(second.getSocketAddress()).isEqualTo(first.getSocketAddress());
            var answered = receive(client);
            assertThat(text(answered)).isEqualTo("three");
            assertThat(answered.getPort()).isEqualTo(virtual(service).port());
            await().untilAsserted(() -> {
                var traffic = relay.dataPath.traffic().of(id(service, nat(server)));
                assertThat(traffic.connections()).isEqualTo(1);
                assertThat(traffic.inPackets()).isEqualTo(2);
                assertThat(traffic.inBytes()).isEqualTo(6);
                assertThat(traffic.outPackets()).isEqualTo(1);
                assertThat(traffic.outBytes()).isEqualTo(5);
            });
            assertThat(relay.dataPath.load(id(service, nat(server))).active()).isZero();
            assertThat(relay.dataPath.load(id(service, nat(server))).inactive()).isEqualTo(1);
        }
    }

    @Test
    void keepsClientsApart() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.datagrams("127.0.0.1");
            var service = relay.udpService("127.0.0.1", nat(server));
            var alice = relay.datagrams("127.0.0.1");
            var bob = relay.datagrams("127.0.0.1");

            send(alice, service, "alice");
            var fromAlice = receive(server);
            send(bob, service, "bob");
            var fromBob = receive(server);
            answer(server, fromBob.getSocketAddress(), "to bob");
            answer(server, fromAlice.getSocketAddress(), "to alice");

            assertThat(text(receive(alice))).isEqualTo("to alice");
            assertThat(text(receive(bob))).isEqualTo("to bob");
        }
    }

    @Test
    void endsASessionOnWhichNothingMoves() throws Exception {
        var defaults = UserDataPathOptions.DEFAULTS;
        var options = new UserDataPathOptions(
                defaults.transport(), defaults.connectTimeout(), 5, Duration.ZERO, Duration.ofMillis(200), 0, 0);
        try (var relay = new RelayFixture(options)) {
            var server = relay.datagrams("127.0.0.1");
            var service = relay.udpService("127.0.0.1", nat(server));
            send(relay.datagrams("127.0.0.1"), service, "once");
            receive(server);

            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());

            assertThat(relay.upcalls.events(ConnectionClosed.class))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.IDLE));
            assertThat(relay.dataPath.load(id(service, nat(server))).inactive()).isZero();
        }
    }

    @Test
    void schedulesAClientAnewWhenItsServersPortHasClosed() throws Exception {
        try (var relay = new RelayFixture()) {
            var dying = relay.datagrams("127.0.0.1");
            var server = relay.datagrams("127.0.0.1");
            var service = relay.udpService("127.0.0.1", nat(dying), nat(server));
            var client = relay.datagrams("127.0.0.1");
            send(client, service, "hello");
            receive(dying);
            var gone = nat(dying);
            dying.close();
            relay.upcalls.use(nat(server));

            send(client, service, "lost");
            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
            send(client, service, "again");

            assertThat(text(receive(server))).isEqualTo("again");
            assertThat(relay.dataPath.load(id(service, gone)).inactive()).isZero();
        }
    }

    @Test
    void goesOnAfterAClientThatCouldNotBeServed() throws Exception {
        try (var relay = new RelayFixture()) {
            var service = relay.udpService("127.0.0.1");
            var client = relay.datagrams("127.0.0.1");
            send(client, service, "nobody");
            await().until(() -> !relay.upcalls.events(ConnectionRefused.class).isEmpty());
            var server = relay.datagrams("127.0.0.1");
            relay.upcalls.use(nat(server));

            send(client, service, "somebody");

            assertThat(text(receive(server))).isEqualTo("somebody");
        }
    }

    @Test
    void endsTheSessionsOfADeletedService() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.datagrams("127.0.0.1");
            var service = relay.udpService("127.0.0.1", nat(server));
            send(relay.datagrams("127.0.0.1"), service, "hello");
            receive(server);
            await().until(() -> !relay.upcalls.events(ConnectionOpened.class).isEmpty());

            relay.apply(new ServiceEntry[0]);

            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
        }
    }

    private static void send(DatagramSocket from, ServiceKey service, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, Listener.address(virtual(service))));
    }

    private static void answer(DatagramSocket from, SocketAddress to, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        var datagram = new DatagramPacket(new byte[2048], 2048);
        at.receive(datagram);
        return datagram;
    }

    private static String text(DatagramPacket datagram) {
        return new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.US_ASCII);
    }
}
