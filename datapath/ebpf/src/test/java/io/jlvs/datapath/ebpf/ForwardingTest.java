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

import io.jlvs.api.ServerId;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionScheduled;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections through the data path, and what an engine finds that starts after another. */
class ForwardingTest {

    private static final ServerId FIRST = new ServerId(WEB, endpoint(1));
    private static final ServerId SECOND = new ServerId(WEB, endpoint(2));

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
    void planIsFollowedWithoutAsking() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1, 2), cycle(1, 2)));

            try (var _ = connect();
                    var _ = connect();
                    var _ = connect()) {
                assertThat(directors.requests).isEmpty();
                assertThat(dataPath.picks(WEB)).isEqualTo(3);
                assertThat(dataPath.load(FIRST).active()).isEqualTo(2);
                assertThat(dataPath.load(SECOND).active()).isEqualTo(1);
                assertThat(dataPath.traffic().of(WEB).connections()).isEqualTo(3);
                assertThat(dataPath.traffic().of(FIRST).connections()).isEqualTo(2);
                assertThat(dataPath.connections())
                        .hasSize(3)
                        .allMatch(connection -> connection.state().equals("ESTABLISHED"));
            }
        }
    }

    @Test
    void connectionsAreToldAsEvents() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));

            try (var _ = connect()) {
                await().until(() -> directors.events.size() == 2);
            }
        }
        assertThat(directors.events.poll()).isInstanceOfSatisfying(ConnectionScheduled.class, event -> {
            assertThat(event.service()).isEqualTo(WEB);
            assertThat(event.server()).isEqualTo(endpoint(1));
            assertThat(event.scheduler()).isEqualTo("rr");
        });
        assertThat(directors.events.poll()).isInstanceOf(ConnectionOpened.class);
    }

    @Test
    void nextEngineGoesOnWhereTheOneBeforeWas() throws IOException {
        var table = planned(web(1, 2), cycle(1, 2));
        Socket kept;
        try (var dataPath = directors.start()) {
            dataPath.apply(table);
            kept = connect();
        }
        try (var _ = connect()) { // nobody is there but the kernel
            try (var dataPath = directors.start()) {
                assertThat(dataPath.load(FIRST).active()).isEqualTo(1);
                assertThat(dataPath.load(SECOND).active()).isEqualTo(1);
                dataPath.apply(planned(web(1, 2), cycle(1, 2)));

                assertThat(dataPath.picks(WEB)).isEqualTo(2);
                assertThat(dataPath.traffic().of(WEB).connections()).isEqualTo(2);
                Echo.check(kept);
                try (var _ = connect()) {
                    assertThat(dataPath.load(FIRST).active()).isEqualTo(2);
                }
            }
        }
        kept.close();
    }

    @Test
    void serverThatReturnsTakesItsConnectionsBack() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            var load = dataPath.load(FIRST);
            var client = connect();

            dataPath.apply(planned(web(2), cycle(2)));
            assertThat(load.active()).isEqualTo(1);
            client.getOutputStream().write(1);
            await().until(() -> dataPath.drops().getOrDefault("server-gone", 0L) > 0);
            dataPath.apply(planned(web(2, 1), cycle(2, 1)));

            assertThat(load.active()).isEqualTo(1);
            assertThat(dataPath.load(FIRST)).isSameAs(load);
            assertThat(client.getInputStream().read()).isEqualTo(1); // TCP has sent it again
            client.close();
        }
    }

    @Test
    void removedServerOfTheEngineBeforeCanReturn() throws IOException {
        Socket client;
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            client = connect();
            dataPath.apply(table());
        }
        try (var dataPath = directors.start()) {
            dataPath.apply(table());
            assertThat(dataPath.load(FIRST).active()).isEqualTo(1);

            dataPath.apply(planned(web(2, 1), cycle(2, 1)));
            assertThat(dataPath.load(FIRST).active()).isEqualTo(1);
            Echo.check(client);
        }
        client.close();
    }

    @Test
    void serviceWithoutServersRefusesWithoutAsking() {
        try (var dataPath = directors.start()) {
            dataPath.apply(table(web()));

            assertThatThrownBy(this::connect).hasRootCauseInstanceOf(ConnectException.class);
            assertThat(directors.requests).isEmpty();
            assertThat(dataPath.drops().get("no-server")).isEqualTo(1);
        }
    }

    @Test
    void flushLeavesNothing() throws IOException {
        try (var dataPath = directors.start()) {
            dataPath.apply(planned(web(1), cycle(1)));
            directors.director.run(dataPath::flush);
        }
        assertThat(directors.options.pins()).doesNotExist();
        assertThat(directors.director.sh("tc filter show dev jlvs0 ingress")).isBlank();
        try (var socket = connect()) {
            assertThat(socket.isConnected()).isTrue(); // by the kernel's own stack
        }
    }

    private Socket connect() throws IOException {
        var socket = directors.connect(80);
        Echo.check(socket);
        return socket;
    }
}
