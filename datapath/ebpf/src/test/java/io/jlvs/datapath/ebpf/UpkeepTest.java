package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Tables.WEB;
import static io.jlvs.datapath.ebpf.Tables.cycle;
import static io.jlvs.datapath.ebpf.Tables.endpoint;
import static io.jlvs.datapath.ebpf.Tables.planned;
import static io.jlvs.datapath.ebpf.Tables.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathFigures.Fill;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.datapath.ebpf.ServerLoads.Count;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes on beside forwarding: expiry, counts put right, templates, the driver. */
class UpkeepTest {

    private static final ServerId FIRST = new ServerId(WEB, endpoint(1));

    @SuppressWarnings("NullAway.Init")
    private Directors directors;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket listener;

    @BeforeEach
    void start() {
        directors = new Directors();
        listener = directors.listen(80);
        Thread.ofVirtual().start(new Echo(listener));
    }

    @AfterEach
    void stop() throws IOException {
        if (directors != null) {
            listener.close();
            directors.close();
        }
    }

    @Test
    void silentConnectionExpiresByTheTimeoutThatWasSet() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            dataPath.use(new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
            try (var _ = connect()) {
                await().until(() -> dataPath.load(FIRST).active() == 0
                        && dataPath.connections().isEmpty());
                await().untilAsserted(() -> assertThat(directors.events)
                        .anySatisfy(event -> assertThat(event)
                                .isInstanceOfSatisfying(
                                        ConnectionClosed.class,
                                        closed -> assertThat(closed.cause()).isEqualTo(ConnectionClosed.Cause.IDLE))));
            }
        }
    }

    @Test
    void sweepsTellHowFullTheTablesAre() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            try (var _ = connect()) {
                await().untilAsserted(() -> {
                    var figures = dataPath.figures();
                    assertThat(figures.tables()).containsEntry("connections", new Fill(1, 4096));
                    assertThat(figures.sweeps().count()).isPositive();
                });
            }
            assertThat(dataPath.drops()).doesNotContainKeys("asked", "event-lost");
            assertThat(dataPath.figures().lostEvents()).containsOnlyKeys("events", "asks");
        }
    }

    @Test
    void countsThatHaveDriftedArePutRight() throws IOException {
        try (var dataPath = directors.start();
                var map =
                        BpfMap.openPinned(directors.options.pins().resolve("v" + Layouts.VERSION + "/server_loads"))) {
            dataPath.apply(planned(web(1), cycle(1)));
            try (var _ = connect()) {
                var loads = new ServerLoads(map.mapped());
                loads.subtract(1, Count.ACTIVE, -5);
                assertThat(dataPath.load(FIRST).active()).isEqualTo(6);

                await().until(() -> dataPath.load(FIRST).active() == 1);
            }
        }
    }

    @Test
    void clientOfAPersistentServiceStaysWhereItIs() throws IOException {
        var persistence = Persistence.of(60, AddressFamily.IPV4);
        var service = new VirtualService(WEB, "rr", Set.of(), persistence, false, ProxyProtocol.NONE);
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(new ServiceEntry(service, web(1, 2).servers()), cycle(1, 2)));
            try (var _ = connect();
                    var _ = connect()) {
                assertThat(dataPath.load(FIRST).active()).isEqualTo(2);
                assertThat(dataPath.load(FIRST).persistent()).isEqualTo(1);
                assertThat(dataPath.connections())
                        .hasSize(3)
                        .filteredOn(line -> line.state().equals("ASSURED"))
                        .singleElement()
                        .satisfies(template -> {
                            assertThat(template.client().toString()).isEqualTo(Directors.CLIENT + ":0");
                            assertThat(template.virtual().toString()).isEqualTo(Directors.VIP + ":80");
                            assertThat(template.server()).isEqualTo(endpoint(1));
                            assertThat(template.expires()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
                        });
            }
        }
    }

    @Test
    void driverTakesAProgramWhenAskedTo() throws IOException {
        var plain = directors.options;
        directors.options = Directors.options(List.of("jlvs0"), true, 16, 16);
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            connect().close();
            assertThat(directors.director.sh("ip link show jlvs0")).contains("xdp");
        }

        directors.options = plain;
        directors.start().close();
        assertThat(directors.director.sh("ip link show jlvs0")).doesNotContain("xdp");
    }

    private Socket connect() throws IOException {
        var socket = directors.connect(80);
        Echo.check(socket);
        return socket;
    }
}
