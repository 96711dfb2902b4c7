package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Tables.WEB;
import static io.jlvs.datapath.ebpf.Tables.endpoint;
import static io.jlvs.datapath.ebpf.Tables.table;
import static io.jlvs.datapath.ebpf.Tables.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services without a plan: each connection is asked about. */
class AskTest {

    private static final ServerId SERVER = new ServerId(WEB, endpoint(1));
    private static final Decision FORWARD = new Decision.Forward(SERVER, RealServer.of(endpoint(1), "pass", 1));

    private static final ServiceKey DNS = ServiceKey.udp(Directors.VIP, 53);

    @SuppressWarnings("NullAway.Init")
    private Directors directors;

    @BeforeEach
    void start() {
        directors = new Directors();
    }

    @AfterEach
    void stop() {
        if (directors != null) {
            directors.close();
        }
    }

    @Test
    void answerCarriesTheFirstPacketOn() throws IOException {
        directors.scheduler = _ -> FORWARD;
        try (var listener = directors.listen(80);
                var dataPath = directors.start()) {
            Thread.ofVirtual().start(new Echo(listener));
            dataPath.apply(table(web(1)));

            try (var socket = directors.connect(80)) {
                Echo.check(socket);

                assertThat(dataPath.load(SERVER).active()).isEqualTo(1);
                assertThat(dataPath.traffic().of(SERVER).connections()).isEqualTo(1);
            }
        }
        assertThat(directors.requests).hasSize(1).first().satisfies(request -> {
            assertThat(request.service()).isEqualTo(WEB);
            assertThat(request.flow().client().address().getHostAddress()).isEqualTo(Directors.CLIENT);
            assertThat(request.flow().virtual().toString()).isEqualTo(Directors.VIP + ":80");
        });
    }

    @Test
    void firstPacketWaitsForAnAnswerThatComesLaterAndNoneAfterItAsks() throws Exception {
        var answers = new LinkedBlockingQueue<Consumer<Decision>>();
        directors.answering = (_, answer) -> answers.add(answer);
        try (var listener = directors.listen(80);
                var dataPath = directors.start()) {
            Thread.ofVirtual().start(new Echo(listener));
            dataPath.apply(table(web(1)));
            var connecting = CompletableFuture.supplyAsync(() -> directors.tryToConnect(80));
            var answer = Objects.requireNonNull(answers.poll(10, TimeUnit.SECONDS));

            assertThat(connecting).isNotDone();
            directors.director.run(() -> answer.accept(FORWARD));

            try (var socket = connecting.get(10, TimeUnit.SECONDS)) {
                for (int i = 0; i < 100; i++) {
                    Echo.check(socket);
                }
            }
            assertThat(dataPath.figures().askedPackets()).isEqualTo(1);
        }
        assertThat(directors.requests).hasSize(1);
    }

    @Test
    void packetsOfAClientWaitForTheSameAnswerAndThenGoOn() throws Exception {
        var answers = new LinkedBlockingQueue<Consumer<Decision>>();
        directors.answering = (_, answer) -> answers.add(answer);
        try (var dataPath = directors.start();
                var datagrams = directors.client.call(() -> new DatagramSocket())) {
            dataPath.apply(table(
                    new ServiceEntry(VirtualService.of(DNS, "rr"), List.of(RealServer.of(endpoint(1), "pass", 1)))));
            var datagram = new DatagramPacket(new byte[3], 3, new InetSocketAddress(Directors.VIP, 53));

            for (int i = 0; i < Asked.MOST_WAITING + 4; i++) {
                datagrams.send(datagram);
            }

            var answer = Objects.requireNonNull(answers.poll(10, TimeUnit.SECONDS));
            await().until(() -> dataPath.figures().askedPackets() == Asked.MOST_WAITING + 4);
            var forward = new Decision.Forward(new ServerId(DNS, endpoint(1)), RealServer.of(endpoint(1), "pass", 1));
            directors.director.run(() -> answer.accept(forward));
            datagrams.send(datagram);
            await().until(() -> dataPath.traffic().of(DNS).inPackets() == Asked.MOST_WAITING + 1);
            assertThat(dataPath.figures().askedPackets()).isEqualTo(Asked.MOST_WAITING + 4);
        }
        assertThat(directors.requests).hasSize(1);
    }

    @Test
    void connectionIsCountedBeforeTheAnswerReturns() throws IOException {
        try (var listener = directors.listen(80);
                var dataPath = directors.start()) {
            directors.scheduler = _ -> FORWARD;
            var load = dataPath.load(SERVER);
            // in this order, for it may become established between the two
            directors.answered = () -> directors.seen.add(load.inactive() + load.active());
            dataPath.apply(table(web(1)));

            try (var socket = directors.connect(80)) {
                await().untilAsserted(() -> assertThat(directors.seen).isNotEmpty());

                assertThat(socket.isConnected()).isTrue();
                assertThat(directors.seen).allMatch(connections -> connections > 0);
            }
            assertThat(listener.isBound()).isTrue();
        }
    }

    @Test
    void eventsOfAnAskedConnectionCarryItsNumberAndSayScheduledOnlyOnce() throws IOException {
        directors.scheduler = _ -> FORWARD;
        try (var listener = directors.listen(80);
                var dataPath = directors.start()) {
            dataPath.apply(table(web(1)));

            directors.connect(80).close();

            assertThat(listener.isBound()).isTrue();
            await().until(() -> directors.events.stream().anyMatch(ConnectionOpened.class::isInstance));
        }
        var id = directors.requests.element().id();
        assertThat(directors.events)
                .noneMatch(ConnectionScheduled.class::isInstance)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                ConnectionOpened.class,
                                opened -> assertThat(opened.id()).isEqualTo(id)));
    }

    @Test
    void refusalReachesTheClient() {
        directors.scheduler = _ -> new Decision.Refuse(RefusalReason.SCHEDULER_REFUSED);
        try (var dataPath = directors.start()) {
            dataPath.apply(table(web(1)));

            assertThatThrownBy(() -> directors.connect(80)).hasRootCauseInstanceOf(ConnectException.class);
        }
        assertThat(directors.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ConnectionRefused.class,
                        event -> assertThat(event.reason()).isEqualTo(RefusalReason.SCHEDULER_REFUSED));
    }
}
