package io.jlvs.datapath.user;

import static io.jlvs.datapath.user.RelayFixture.closedPort;
import static io.jlvs.datapath.user.RelayFixture.id;
import static io.jlvs.datapath.user.RelayFixture.nat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.RefusalReason;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UserDataPathTest {

    @Test
    void changesNothingWhenOneAddressCanNotBeHad() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var kept = relay.tcpService(nat(server));
            var added = ServiceKey.tcp("127.0.0.1", closedPort().endpoint().port());
            var impossible = ServiceKey.tcp("192.0.2.1", 80);

            assertThatThrownBy(() -> relay.apply(entry(kept, nat(server)), entry(added), entry(impossible)))
                    .isInstanceOf(DataPathException.class)
                    .hasMessage("can't listen on TCP 192.0.2.1:80: 192.0.2.1 is no address of this host."
                            + " Add it to an interface first (ip addr add)");

            relay.connect(kept);
            assertThatThrownBy(() -> relay.connect(added)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysThatAnotherSocketHasTheAddress() throws Exception {
        try (var relay = new RelayFixture()) {
            var other = relay.listen("127.0.0.1");

            assertThatThrownBy(() -> relay.apply(entry(ServiceKey.tcp("127.0.0.1", other.getLocalPort()))))
                    .isInstanceOf(DataPathException.class)
                    .hasMessageEndingWith("another socket has this address and port");
        }
    }

    @Test
    void keepsListeningWhileAServiceIsEdited() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var waiting = relay.connect(service);

            relay.apply(VirtualService.of(service, "wrr"), nat(server));

            TcpRelayTest.write(waiting, "hello");
            assertThat(TcpRelayTest.read(relay.accept(server), 5)).isEqualTo("hello");
        }
    }

    @Test
    void saysWhatNeedsTheKernel() {
        try (var relay = new RelayFixture()) {
            var mark = VirtualService.of(new ServiceKey.FirewallMark(7, AddressFamily.IPV4), "rr");
            var sctp = VirtualService.of(new ServiceKey.Address(Protocol.SCTP, Endpoint.of("127.0.0.1", 9)), "rr");
            var everyPort = new VirtualService(
                    ServiceKey.tcp("127.0.0.1", 0),
                    "rr",
                    Set.of(),
                    Persistence.of(60, AddressFamily.IPV4),
                    false,
                    ProxyProtocol.NONE);
            var onePacket =
                    new VirtualService(ServiceKey.udp("127.0.0.1", 53), "rr", Set.of(), null, true, ProxyProtocol.NONE);

            for (var service : List.of(mark, sctp, everyPort, onePacket)) {
                assertThat(relay.dataPath.unsupported(service))
                        .endsWith("need the data path 'ebpf'; this engine runs 'user'");
            }
            assertThat(relay.dataPath.unsupported(VirtualService.of(ServiceKey.tcp("127.0.0.1", 80), "rr")))
                    .isNull();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hasNoPersistenceEngines() throws IOException {
        try (var relay = new RelayFixture()) {
            var persistence = new Persistence(60, Persistence.fullMask(AddressFamily.IPV4), "sip");
            var service = new VirtualService(
                    ServiceKey.udp("127.0.0.1", 5060), "rr", Set.of(), persistence, false, ProxyProtocol.NONE);

            assertThat(relay.dataPath.unsupported(service)).startsWith("persistence engine sip is in no data path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tellsAServerWhoTheClientIsInTheFirstVersion(String address) throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen(address);
            var service = relay.tcpService(address, ProxyProtocol.V1, nat(server));
            var client = relay.connect(service);
            TcpRelayTest.write(client, "hello");

            var expected = "PROXY %s %s %s %d %d\r\nhello"
                    .formatted(
                            address.contains(":") ? "TCP6" : "TCP4",
                            address,
                            address,
                            client.getLocalPort(),
                            RelayFixture.virtual(service).port());
            assertThat(TcpRelayTest.read(relay.accept(server), expected.length()))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tellsAServerWhoTheClientIsInTheSecondVersion(String address) throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen(address);
            var service = relay.tcpService(address, ProxyProtocol.V2, nat(server));
            var client = relay.connect(service);
            TcpRelayTest.write(client, "hello");

            var ip = client.getLocalAddress().getAddress();
            var hex = HexFormat.of();
            var expected = "0d0a0d0a000d0a515549540a" + "21" + (ip.length == 4 ? "11000c" : "210024")
                    + hex.formatHex(ip) + hex.formatHex(ip)
                    + hex.toHexDigits((short) client.getLocalPort())
                    + hex.toHexDigits((short) RelayFixture.virtual(service).port())
                    + hex.formatHex("hello".getBytes(StandardCharsets.US_ASCII));
            var got = relay.accept(server).getInputStream().readNBytes(expected.length() / 2);
            assertThat(hex.formatHex(got)).isEqualTo(expected);
        }
    }

    @Test
    void turnsClientsAwayAboveItsLimitAndSaysWhenItBeginsAndEnds() throws Exception {
        var defaults = UserDataPathOptions.DEFAULTS;
        var options = new UserDataPathOptions(
                defaults.transport(),
                defaults.connectTimeout(),
                5,
                defaults.tcpIdleTimeout(),
                defaults.udpIdleTimeout(),
                2,
                0);
        try (var relay = new RelayFixture(options)) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var first = relay.connect(service);
            relay.accept(server);
            var second = relay.connect(service);
            relay.accept(server);

            TcpRelayTest.assertReset(relay.connect(service));
            TcpRelayTest.assertReset(relay.connect(service));
            TcpRelayTest.reset(first);
            TcpRelayTest.reset(second);

            await().until(() ->
                    !relay.upcalls.events(DirectorEvent.Recovered.class).isEmpty());
            assertThat(relay.upcalls.events(DirectorEvent.Overloaded.class)).hasSize(1);
            assertThat(relay.upcalls.events(ConnectionRefused.class))
                    .extracting(ConnectionRefused::reason)
                    .containsExactly(RefusalReason.OVERLOAD, RefusalReason.OVERLOAD);
            var again = relay.connect(service);
            TcpRelayTest.write(again, "in");
            assertThat(TcpRelayTest.read(relay.accept(server), 2)).isEqualTo("in");
        }
    }

    @Test
    void forgetsTheCountersOfAServerThatIsGoneAndKeepsTheServices() throws Exception {
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            var service = relay.tcpService(nat(server));
            var client = relay.connect(service);
            TcpRelayTest.write(client, "hello");
            TcpRelayTest.read(relay.accept(server), 5);

            relay.apply(VirtualService.of(service, "rr"), new RealServer[0]);
            TcpRelayTest.reset(client);
            await().until(() -> relay.dataPath.load(id(service, nat(server))).active() == 0);
            relay.apply(VirtualService.of(service, "rr"), new RealServer[0]);

            assertThat(relay.dataPath.traffic().of(id(service, nat(server)))).isEqualTo(Traffic.NONE);
            assertThat(relay.dataPath.traffic().of(service).inBytes()).isEqualTo(5);
        }
    }

    @Test
    void endsItsConnectionsAndThreadsWhenClosed() throws Exception {
        Socket client;
        try (var relay = new RelayFixture()) {
            var server = relay.listen("127.0.0.1");
            client = relay.connect(relay.tcpService(nat(server)));
            relay.accept(server);
            await().until(() -> !relay.upcalls.events(ConnectionOpened.class).isEmpty());
            relay.dataPath.close();

            TcpRelayTest.assertReset(client);
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("jlvs-relay")));
    }

    private static ServiceEntry entry(ServiceKey key, RealServer... servers) {
        return new ServiceEntry(VirtualService.of(key, "rr"), List.of(servers));
    }
}
