package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a forwarding mode's connections do when their director is lost: another one, which was told of them, goes on. The
 * first director picks the second server first, the second one the first.
 */
public abstract class TakeOverContract {

    private static final int PORT = 80;
    private static final ServiceKey WEB = ServiceKey.tcp(TwoDirectors.VIP, PORT);
    private static final ServiceKey NAMES = ServiceKey.udp(TwoDirectors.VIP, PORT);
    private static final ServerId WEB_SERVER = new ServerId(WEB, endpoint(TwoDirectors.SECOND));
    private static final ServerId NAME_SERVER = new ServerId(NAMES, endpoint(TwoDirectors.SECOND));

    private final List<AutoCloseable> parts = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TwoDirectors scene;

    @SuppressWarnings("NullAway.Init")
    private EbpfDataPath first;

    @SuppressWarnings("NullAway.Init")
    private EbpfDataPath second;

    /** The mode. */
    protected abstract KernelMode mode();

    /** Whether the servers answer through the director. */
    protected abstract boolean answersReturn();

    /** Whether packets come to the servers in tunnels. */
    protected boolean tunnels() {
        return false;
    }

    @BeforeEach
    void build() {
        scene = part(new TwoDirectors(answersReturn()));
        if (tunnels()) {
            scene.unwrapTunnels();
        }
        first = part(scene.start(0));
        second = part(scene.start(1));
        scene.directors[0].run(() -> first.apply(table(TwoDirectors.SECOND, TwoDirectors.FIRST)));
        scene.directors[1].run(() -> second.apply(table(TwoDirectors.FIRST, TwoDirectors.SECOND)));
    }

    @AfterEach
    void takeDown() throws Exception {
        for (var part : parts.reversed()) {
            part.close();
        }
    }

    @Test
    void establishedConnectionGoesOnThroughTheOtherDirectorWhichThenOwnsIt() throws IOException {
        synchronise();
        serve(TwoDirectors.SECOND);
        try (var client = scene.connect(PORT)) {
            Echo.check(client);
            await().until(() -> second.load(WEB_SERVER).active() == 1);
            assertThat(second.traffic().of(WEB).connections()).isZero();

            scene.switchTo(1);
            Echo.check(client);

            assertThat(second.load(WEB_SERVER).active()).isEqualTo(1);
            assertThat(second.connections())
                    .filteredOn(c -> c.state().equals("ESTABLISHED"))
                    .hasSize(1);
        }
        await("the first director hears that it has ended")
                .until(() -> first.load(WEB_SERVER).active() == 0
                        && first.load(WEB_SERVER).inactive() == 1);
    }

    @Test
    void udpSessionGoesOnThroughTheOtherDirector() throws IOException {
        synchronise();
        var socket = part(scene.listenUdp(TwoDirectors.SECOND, PORT));
        Thread.ofVirtual().start(() -> echo(socket));
        try (var client = scene.connectUdp(PORT)) {
            ask(client);
            await().until(() -> second.load(NAME_SERVER).inactive() == 1);

            scene.switchTo(1);
            ask(client);

            assertThat(second.load(NAME_SERVER).inactive()).isEqualTo(1);
            assertThat(second.traffic().of(NAMES).connections()).isZero();
        }
    }

    @Test
    void clientKeepsItsServerWithTheOtherDirector() throws IOException {
        synchronise();
        serve(TwoDirectors.SECOND);
        try (var client = scene.connect(PORT)) {
            Echo.check(client);
            await().until(() -> second.load(WEB_SERVER).persistent() == 1);

            scene.switchTo(1);
            try (var next = scene.connect(PORT)) {
                Echo.check(next);
                assertThat(second.load(WEB_SERVER).active()).isEqualTo(2);
            }
        }
    }

    @Test
    void directorThatJoinsLaterIsToldOfWhatWasThereBefore() throws IOException {
        serve(TwoDirectors.SECOND);
        var feed = part(first.follow(entries -> {}));
        try (var client = scene.connect(PORT)) {
            Echo.check(client);
            await().until(() -> first.load(WEB_SERVER).active() == 1);
            feed.close();
            var toSecond = part(first.follow(second::take));

            toSecond.tellAll();
            await().until(() -> second.load(WEB_SERVER).active() == 1);

            scene.switchTo(1);
            Echo.check(client);
        }
    }

    @Test
    void copyLivesAsLongAsTheConnectionOfItsOwner() throws IOException {
        var soon = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
        first.use(soon);
        second.use(soon);
        synchronise();
        serve(TwoDirectors.SECOND);
        try (var client = scene.connect(PORT)) {
            await().until(() -> second.load(WEB_SERVER).active() == 1);
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(20)).until(() -> {
                Echo.check(client);
                return second.load(WEB_SERVER).active() == 1;
            });
            scene.switchTo(1);
            Echo.check(client);
        }
    }

    private void synchronise() {
        part(first.follow(second::take));
        part(second.follow(first::take));
    }

    private void serve(String server) {
        var listener = part(scene.listen(server, PORT));
        Thread.ofVirtual().start(new Echo(listener));
    }

    private static void echo(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[100], 100);
        try {
            while (true) {
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private static void ask(DatagramSocket client) throws IOException {
        client.send(new DatagramPacket(new byte[] {7}, 1));
        var answer = new DatagramPacket(new byte[10], 10);
        client.receive(answer);
        assertThat(answer.getLength()).isEqualTo(1);
    }

    private ForwardingTable table(String... inTurn) {
        var persistence = Persistence.of(300, AddressFamily.IPV4);
        var web = new VirtualService(
                WEB,
                "rr",
                Set.of(),
                persistence,
                false,
                VirtualService.of(WEB, "rr").proxyProtocol());
        var servers = Stream.of(inTurn)
                .map(server -> RealServer.of(endpoint(server), mode().name(), 1))
                .toList();
        var cycle = new Plan.Cycle(
                Stream.of(inTurn)
                        .map(server -> new FakeServer(endpoint(server), 1))
                        .toList(),
                0);
        return new ForwardingTable(
                1,
                List.of(new ServiceEntry(web, servers), new ServiceEntry(VirtualService.of(NAMES, "rr"), servers)),
                Map.of(mode().name(), mode()),
                Map.of(WEB, cycle, NAMES, cycle));
    }

    private static Endpoint endpoint(String server) {
        return Endpoint.of(server, PORT);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.add(part);
        return part;
    }
}
