package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.closedPort;
import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.RefusalReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TcpRelayTest {

    private static final int MIB = 1 << 20;
    private static final Executor THREADS = Thread::startVirtualThread;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void relaysBytesBothWaysAndCountsThem(String address) throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen(address);
            var service = relay.tcpService(address, ProxyProtocol.NONE, nat(server));
            var client = relay.connect(service);
            var accepted = relay.accept(server);

            write(client, "question");
            assertThat(read(accepted, 8)).isEqualTo("question");
            write(accepted, "answer");
            assertThat(read(client, 6)).isEqualTo("answer");

            var traffic = relay.dataPath.traffic().of(id(service, nat(server)));
            assertThat(traffic.connections()).isEqualTo(1);
            assertThat(traffic.inBytes()).isEqualTo(8);
            assertThat(traffic.outBytes()).isEqualTo(6);
            assertThat(relay.dataPath.traffic().of(service)).isEqualTo(traffic);
            assertThat(relay.dataPath.load(id(service, nat(server))).active()).isEqualTo(1);
            assertThat(relay.dataPath.connectLatency(id(service, nat(server))).count())
                    .isEqualTo(1);
        }
    }

    @Test
    void carriesALargeTransferToASlowReaderUnchanged() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var client = relay.connect(relay.tcpService(nat(server)));
            var accepted = relay.accept(server);
            var sent = sha256();
            var sending = CompletableFuture.runAsync(() -> sendRandom(accepted, sent, 64 * MIB), THREADS);

            var received = sha256();
            var buffer = new byte[3001];
            for (int read = client.getInputStream().read(buffer);
                    read >= 0;
                    read = client.getInputStream().read(buffer)) {
                received.update(buffer, 0, read);
            }

            sending.get(30, TimeUnit.SECONDS);
            assertThat(received.digest()).isEqualTo(sent.digest());
        }
    }

    @Test
    void stopsToReadFromAServerWhoseClientNeverReads() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var client = relay.connect(service);
            var flood = relay.accept(server);
            var sending = CompletableFuture.runAsync(() -> sendRandom(flood, sha256(), 256 * MIB), THREADS);

            var before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(200))
                    .until(() -> before.getAndSet(outBytes(relay, service)) == outBytes(relay, service));

            assertThat(outBytes(relay, service)).isPositive().isLessThan(64 * MIB);
            assertThat(sending).isNotDone();
            reset(client);
        }
    }

    @Test
    void takesTheNextServerWhenOneRefusesAndLosesNothing() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var dead = closedPort();
            var service = relay.tcpService(dead, nat(server));

            var client = relay.connect(service);
            write(client, "early bytes");

            assertThat(read(relay.accept(server), 11)).isEqualTo("early bytes");
            assertThat(relay.dataPath.load(id(service, dead)).active()).isZero();
            assertThat(relay.upcalls.events(ConnectionOpened.class))
                    .singleElement()
                    .satisfies(opened ->
                            assertThat(opened.server()).isEqualTo(nat(server).endpoint()));
        }
    }

    @Test
    void resetsTheClientWhenNoServerCanBeReached() throws Exception {
        try (var relay = new RelayFixture()) {
            var service = relay.tcpService(closedPort(), closedPort());

            var client = relay.connect(service);

            assertReset(client);
            await().until(() -> !relay.upcalls.events(ConnectionRefused.class).isEmpty());
            assertThat(relay.upcalls.events(ConnectionRefused.class))
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.UNREACHABLE));
        }
    }

    @Test
    void resetsTheClientWhenTheDirectorRefuses() throws Exception {
        try (var relay = new RelayFixture()) {
            assertReset(relay.connect(relay.tcpService()));
        }
    }

    @Test
    void passesOnAResetOfTheServer() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var client = relay.connect(relay.tcpService(nat(server)));
            var accepted = relay.accept(server);
            write(client, "x");
            assertThat(read(accepted, 1)).isEqualTo("x");

            reset(accepted);

            assertReset(client);
            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
            assertThat(relay.upcalls.events(ConnectionClosed.class))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.SERVER_RESET));
        }
    }

    @Test
    void passesOnAResetOfTheClient() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var client = relay.connect(relay.tcpService(nat(server)));
            var accepted = relay.accept(server);
            write(client, "x");
            assertThat(read(accepted, 1)).isEqualTo("x");

            reset(client);

            assertReset(accepted);
            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
            assertThat(relay.upcalls.events(ConnectionClosed.class))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.CLIENT_RESET));
        }
    }

    @Test
    void endsAConnectionOnWhichNothingMoves() throws Exception {
        var options = options(Duration.ofMillis(200));
        try (var relay = new RelayFixture(options)) {
            var server = relay.listen("127.0.0.1");
            var client = relay.connect(relay.tcpService(nat(server)));
            relay.accept(server);

            assertReset(client);
            await().until(() -> !relay.upcalls.events(ConnectionClosed.class).isEmpty());
            assertThat(relay.upcalls.events(ConnectionClosed.class))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.cause()).isEqualTo(Cause.IDLE));
        }
    }

    @Test
    void letsConnectionsOfADeletedServiceGoOn() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var client = relay.connect(service);
            var accepted = relay.accept(server);

            relay.apply(new ServiceEntry[0]);

            write(client, "drain");
            assertThat(read(accepted, 5)).isEqualTo("drain");
            assertThatThrownBy(() -> relay.connect(service)).isInstanceOf(IOException.class);
            relay.apply(VirtualService.of(service, "rr"), nat(server));
            relay.connect(service);
        }
    }

    @Test
    void leavesNothingCountedWhenTheClientGoesBeforeTheServerAccepts() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));

            for (int i = 0; i < 50; i++) {
                reset(relay.connect(service));
            }

            await().untilAsserted(() -> {
                var load = relay.dataPath.load(id(service, nat(server)));
                assertThat(load.active() + load.inactive()).isZero();
            });
        }
    }

    private static long outBytes(RelayFixture relay, ServiceKey service) {
        return relay.dataPath.traffic().of(service).outBytes();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static UserDataPathOptions options(Duration tcpIdleTimeout) {
        var defaults = UserDataPathOptions.DEFAULTS;
        return new UserDataPathOptions(
                defaults.transport(), defaults.connectTimeout(), 5, tcpIdleTimeout, defaults.udpIdleTimeout(), 0, 0);
    }

    private static void sendRandom(Socket to, MessageDigest digest, int bytes) {
        var random = new Random(7);
        try (var out = new DigestOutputStream(to.getOutputStream(), digest)) {
            var chunk = new byte[64 << 10];
            for (int sent = 0; sent < bytes; sent += chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String read(Socket from, int bytes) throws IOException {
        return new String(from.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    static void reset(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    static void assertReset(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }
}
