package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Tables.WEB;
import static io.jlvs.datapath.ebpf.Tables.cycle;
import static io.jlvs.datapath.ebpf.Tables.endpoint;
import static io.jlvs.datapath.ebpf.Tables.planned;
import static io.jlvs.datapath.ebpf.Tables.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Taken;
import io.jlvs.api.event.ConnectionClosed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what another director tells. */
class TakingTest {

    private static final ServerId FIRST = new ServerId(WEB, endpoint(1));
    private static final ServerId SECOND = new ServerId(WEB, endpoint(2));
    private static final Taken ONE = new Taken(1, 0, 0);
    private static final Taken OLDER = new Taken(0, 1, 0);
    private static final Taken LEFT_OUT = new Taken(0, 0, 1);
    private static final int ESTABLISHED = 1;
    private static final int TIME_WAIT = 5;

    @SuppressWarnings("NullAway.Init")
    private Directors directors;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket listener;

    @SuppressWarnings("NullAway.Init")
    private EbpfDataPath dataPath;

    @BeforeEach
    void start() {
        directors = new Directors();
        listener = directors.listen(80);
        Thread.ofVirtual().start(new Echo(listener));
        dataPath = directors.start();
        dataPath.apply(planned(web(1, 2), cycle(1, 2)));
    }

    @AfterEach
    void stop() throws IOException {
        if (dataPath != null) {
            dataPath.close();
            listener.close();
        }
        if (directors != null) {
            directors.close();
        }
    }

    @Test
    void connectionCountsForItsServerByItsState() {
        assertThat(take(told(1000, 1, ESTABLISHED, 0))).isEqualTo(ONE);
        assertThat(take(told(1001, 1, TIME_WAIT, 0))).isEqualTo(ONE);
        assertThat(dataPath.load(FIRST).active()).isEqualTo(1);
        assertThat(dataPath.load(FIRST).inactive()).isEqualTo(1);

        assertThat(take(told(1000, 1, TIME_WAIT, 0))).isEqualTo(ONE);
        assertThat(dataPath.load(FIRST).active()).isZero();
        assertThat(dataPath.load(FIRST).inactive()).isEqualTo(2);
        assertThat(dataPath.connections())
                .hasSize(2)
                .allMatch(line -> line.state().equals("TIME_WAIT"));
    }

    @Test
    void whatIsNotKnownHereIsLeftOut() {
        var other = ServiceKey.tcp(Directors.VIP, 81);
        var flow = flow(1000);

        assertThat(take(connection(other, flow, endpoint(1), "pass", ESTABLISHED, 0)))
                .isEqualTo(LEFT_OUT);
        assertThat(take(connection(WEB, flow, endpoint(9), "pass", ESTABLISHED, 0)))
                .isEqualTo(LEFT_OUT);
        assertThat(take(connection(WEB, flow, endpoint(1), "nat", ESTABLISHED, 0)))
                .isEqualTo(LEFT_OUT);
        assertThat(take(told(1000, 1, ESTABLISHED, 901_000))).isEqualTo(LEFT_OUT);
        assertThat(take(template(endpoint(1), 0)))
                .as("the service is not persistent")
                .isEqualTo(LEFT_OUT);
        assertThat(dataPath.connections()).isEmpty();
    }

    @Test
    void connectionThatIsUsedHereIsNotReplacedByOlderNews() throws IOException {
        try (var client = connect()) {
            int port = client.getLocalPort();

            assertThat(take(told(port, 1, ESTABLISHED, 0))).isEqualTo(OLDER);
            assertThat(take(told(port, 2, ESTABLISHED, 5000))).isEqualTo(OLDER);
            assertThat(take(told(port, 1, TIME_WAIT, 5000))).isEqualTo(OLDER);

            Echo.check(client);
            assertThat(dataPath.load(FIRST).active()).isEqualTo(1);
        }
    }

    @Test
    void copyIsReplacedByFresherNewsOnly() {
        take(told(1000, 1, ESTABLISHED, 10_000));

        assertThat(take(told(1000, 2, ESTABLISHED, 60_000))).isEqualTo(OLDER);
        assertThat(take(told(1000, 2, ESTABLISHED, 1000))).isEqualTo(ONE);

        assertThat(dataPath.load(FIRST).active()).isZero();
        assertThat(dataPath.load(SECOND).active()).isEqualTo(1);
        assertThat(dataPath.connections()).hasSize(1);
    }

    @Test
    void endOfACopyIsNotTold() {
        var brief = new SyncedConnection(
                WEB,
                flow(1000),
                flow(1000).client(),
                endpoint(1),
                "pass",
                ESTABLISHED,
                false,
                Duration.ZERO,
                Duration.ofMillis(10),
                Duration.ZERO);
        take(brief);

        await().until(() -> dataPath.load(FIRST).active() == 0);
        assertThat(directors.events).noneMatch(ConnectionClosed.class::isInstance);
    }

    @Test
    void templateIsTakenForAPersistentServiceAndMasked() {
        persistent();

        assertThat(take(template(endpoint(2), 0))).isEqualTo(ONE);
        assertThat(take(template(endpoint(1), 60_000))).isEqualTo(OLDER);
        assertThat(dataPath.load(SECOND).persistent()).isEqualTo(1);
        assertThat(dataPath.connections())
                .singleElement()
                .satisfies(line ->
                        assertThat(line.client().address().getHostAddress()).isEqualTo("10.0.0.0"));
        assertThat(take(template(endpoint(1), 0))).isEqualTo(ONE);
        assertThat(dataPath.load(SECOND).persistent()).isZero();
        assertThat(dataPath.load(FIRST).persistent()).isEqualTo(1);
    }

    @Test
    void changeIsToldOnceAndCopiesOnlyOnDemand() throws IOException {
        take(told(1000, 1, ESTABLISHED, 0));
        Queue<SyncedEntry> told = new ConcurrentLinkedQueue<>();
        try (var feed = dataPath.follow(told::addAll)) {
            try (var client = connect()) {
                await().until(() -> told.size() == 1);
                assertThat(told.remove()).isInstanceOfSatisfying(SyncedConnection.class, connection -> {
                    assertThat(connection.flow().client().port()).isEqualTo(client.getLocalPort());
                    assertThat(connection.state()).isEqualTo(ESTABLISHED);
                    assertThat(connection.timeout()).isEqualTo(Duration.ofMinutes(15));
                });

                feed.tellAll();
                await().until(() -> told.size() >= 2);
                assertThat(told)
                        .anyMatch(entry -> entry instanceof SyncedConnection connection
                                && connection.flow().client().port() == 1000);
                told.clear();
            }
            await().until(() -> told.stream()
                    .anyMatch(entry ->
                            entry instanceof SyncedConnection connection && connection.state() != ESTABLISHED));
        }
    }

    @Test
    void persistModeTellsTemplatesOnly() throws IOException {
        persistent();
        dataPath.use(dataPath.sysctls().with(Sysctl.SYNC_PERSIST_MODE, "1"));
        Queue<SyncedEntry> told = new ConcurrentLinkedQueue<>();
        try (var feed = dataPath.follow(told::addAll);
                var _ = connect()) {
            feed.tellAll();
            await().until(() -> !told.isEmpty());
            assertThat(told).allMatch(SyncedTemplate.class::isInstance);
        }
    }

    private void persistent() {
        var mask = InetAddress.ofLiteral("255.255.255.0");
        var service = new VirtualService(
                WEB,
                "rr",
                Set.of(),
                new Persistence(300, mask, null),
                false,
                VirtualService.of(WEB, "rr").proxyProtocol());
        dataPath.apply(planned(new ServiceEntry(service, web(1, 2).servers()), cycle(1, 2)));
    }

    private Taken take(SyncedEntry entry) {
        return dataPath.take(List.of(entry));
    }

    private static SyncedConnection told(int port, int server, int state, int silentMillis) {
        return connection(WEB, flow(port), endpoint(server), "pass", state, silentMillis);
    }

    private static SyncedConnection connection(
            ServiceKey service, Flow flow, Endpoint server, String mode, int state, int silentMillis) {
        return new SyncedConnection(
                service,
                flow,
                flow.client(),
                server,
                mode,
                state,
                false,
                Duration.ofMillis(silentMillis),
                Duration.ofMinutes(15),
                Duration.ofSeconds(1000));
    }

    private static SyncedTemplate template(Endpoint server, int silentMillis) {
        var client = InetAddress.ofLiteral(Directors.CLIENT);
        return new SyncedTemplate(WEB, client, server, true, Duration.ofMillis(silentMillis), Duration.ofMinutes(5));
    }

    private static Flow flow(int port) {
        return new Flow(Protocol.TCP, Endpoint.of(Directors.CLIENT, port), Endpoint.of(Directors.VIP, 80));
    }

    private Socket connect() throws IOException {
        var socket = directors.connect(80);
        Echo.check(socket);
        return socket;
    }
}
