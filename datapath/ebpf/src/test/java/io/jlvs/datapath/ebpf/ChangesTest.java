package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Tables.WEB;
import static io.jlvs.datapath.ebpf.Tables.cycle;
import static io.jlvs.datapath.ebpf.Tables.endpoint;
import static io.jlvs.datapath.ebpf.Tables.planned;
import static io.jlvs.datapath.ebpf.Tables.table;
import static io.jlvs.datapath.ebpf.Tables.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One table after another. */
class ChangesTest {

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
    void numbersOfRemovedServersAreUsedAgainOnceTheyAreIdle() {
        try (var dataPath = directors.start()) {
            for (int round = 0; round < 3; round++) { // 16 fit
                dataPath.apply(table(web()));
                var entry = entry(10 * round + 1, 10 * round + 10);
                await().atMost(Duration.ofSeconds(30))
                        .ignoreException(DataPathException.class)
                        .until(() -> {
                            dataPath.apply(table(entry));
                            return true;
                        });
            }
        }
    }

    @Test
    void tableThatHasNoRoomIsRefusedAndTheOneBeforeHolds() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));

            assertThatThrownBy(() -> dataPath.apply(table(entry(1, 40))))
                    .isInstanceOf(DataPathException.class)
                    .hasMessageContaining("39 more real servers")
                    .hasMessageContaining("ebpf.maxServers");

            try (var socket = connect()) {
                assertThat(dataPath.load(FIRST).active()).isEqualTo(1);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void thresholdClosesTheServerAtOnceAndOpensItAgain() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            try (var _ = connect()) {
                dataPath.apply(planned(limited(1), cycle(1)));
                assertThatThrownBy(this::connect).hasRootCauseInstanceOf(ConnectException.class);

                dataPath.apply(planned(limited(2), cycle(1)));
                connect().close();
            }
        }
    }

    @Test
    void planThatDoesNotChangeGoesOn() throws IOException {
        try (var dataPath = directors.start()) {
            var plan = cycle(1, 2);
            dataPath.apply(planned(web(1, 2), plan));
            connect().close();

            dataPath.apply(planned(web(1, 2), plan));
            assertThat(dataPath.picks(WEB)).isEqualTo(1);

            dataPath.apply(planned(web(1, 2), cycle(2, 1)));
            assertThat(dataPath.picks(WEB)).isZero();
        }
    }

    @Test
    void replacedModeIsSwappedInPlace() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            var kept = connect();

            dataPath.apply(withModes(Map.of("pass", new PassMode("pass", PassMode.DROP))));
            kept.getOutputStream().write(7);
            assertThatThrownBy(() -> {
                        kept.setSoTimeout(300);
                        var _ = kept.getInputStream().read();
                    })
                    .isInstanceOf(SocketTimeoutException.class);

            dataPath.apply(planned(web(1), cycle(1)));
            kept.setSoTimeout(10_000);
            assertThat(kept.getInputStream().read()).isEqualTo(7);
            kept.close();
        }
    }

    @Test
    void modeThatTheVerifierRefusesIsToldWithTheReason() throws IOException {
        var bad = new BadMode("pass");
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));

            assertThatThrownBy(() -> dataPath.apply(withModes(Map.of("pass", bad))))
                    .isInstanceOf(DataPathException.class)
                    .hasMessageContaining("forwarding mode pass can't be used")
                    .hasMessageContaining("invalid access to packet");
            connect().close();

            dataPath.apply(withModes(Map.of("pass", PassMode.PASS, "unused", new BadMode("unused"))));
            connect().close();
        }
    }

    @Test
    void mapsOfAnotherLayoutAreRemoved() throws IOException {
        directors.start().close();
        var other = directors.options.pins().resolve("v0");
        Files.createDirectories(other);
        try (var map = BpfMap.create(BpfMap.ARRAY, "old", 4, 4, 1, 0)) {
            map.pin(other.resolve("services"));
        }

        directors.start().close();

        assertThat(other).doesNotExist();
        assertThat(directors.options.pins().resolve("v" + Layouts.VERSION + "/services"))
                .exists();
    }

    @Test
    void interfaceThatIsNotConfiguredAnyMoreIsLetGo() {
        directors.start().close();
        assertThat(filters()).contains("ingress");

        directors.options = Directors.options(List.of("jlvs9"), false, 16, 16);
        directors.start().close();

        assertThat(filters()).isBlank();
    }

    @Test
    void interfaceThatComesLaterIsTaken() {
        try (var _ = directors.start()) {
            directors.director.sh("ip link add jlvs2 type veth peer name jlvs3");

            await().until(() -> !directors
                    .director
                    .sh("tc filter show dev jlvs2 ingress 2>/dev/null || true")
                    .isBlank());
        }
    }

    private String filters() {
        return directors.director.sh("tc filter show dev jlvs0 ingress");
    }

    private static ForwardingTable withModes(Map<String, ForwardingMode> modes) {
        return new ForwardingTable(2, List.of(web(1)), modes, Map.of(WEB, cycle(1)));
    }

    private static ServiceEntry limited(int upper) {
        return new ServiceEntry(
                VirtualService.of(WEB, "rr"),
                List.of(new RealServer(endpoint(1), "pass", 1, new Thresholds(upper, 0), Tunnel.IPIP)));
    }

    private static ServiceEntry entry(int from, int to) {
        var servers = new ArrayList<RealServer>();
        for (int i = from; i <= to; i++) {
            servers.add(RealServer.of(endpoint(i), "pass", 1));
        }
        return new ServiceEntry(VirtualService.of(WEB, "rr"), servers);
    }

    private Socket connect() throws IOException {
        var socket = directors.connect(80);
        Echo.check(socket);
        return socket;
    }
}
