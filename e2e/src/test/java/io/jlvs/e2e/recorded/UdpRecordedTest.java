package io.jlvs.e2e.recorded;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.OneArm;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Entries and counters of datagrams. */
class UdpRecordedTest {

    private static final int SIZE = 100;

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @TestFactory
    List<DynamicTest> nat() throws IOException {
        try (var stage = new Stage(TwoArm.bare());
                var first = bind(stage, 1);
                var second = bind(stage, 2)) {
            stage.ipvsadm(
                    "-A -u 10.0.0.100:53 -s rr",
                    "-a -u 10.0.0.100:53 -r 10.2.0.11 -m",
                    "-a -u 10.0.0.100:53 -r 10.2.0.12 -m");
            return Replay.of(Recording.named("udp"), stage, Map.of(), replay -> {
                counts(replay, stage, first, second);
                replay.step("-Z zeroes the counters, not the connections");
                replay.commands();
                losesServers(replay, stage);
            });
        }
    }

    @TestFactory
    List<DynamicTest> drAndTun() throws IOException {
        try (var stage = new Stage(OneArm.bare())) {
            stage.server(1).setUp("tun");
            try (var server = bind(stage, 1)) {
                return Replay.of(Recording.named("udp-dr-tun"), stage, Map.of(), replay -> {
                    countsInner(replay, stage, server, "-g", 47001);
                    stage.ipvsadm("-C");
                    countsInner(replay, stage, server, "-i", 47002);
                });
            }
        }
    }

    private static void counts(Replay replay, Stage stage, DatagramSocket first, DatagramSocket second)
            throws IOException {
        var client = stage.client();
        replay.step("one datagram of 100 bytes");
        client.datagram(42001, 53, SIZE);
        replay.commands();
        replay.step("nine more and five answers of 50 bytes");
        for (int i = 0; i < 9; i++) {
            client.datagram(42001, 53, SIZE);
        }
        var request = receive(second, 10);
        for (int i = 0; i < 5; i++) {
            second.send(new DatagramPacket(new byte[50], 50, request.getSocketAddress()));
        }
        replay.commands();
        replay.step("another source port");
        client.datagram(42002, 53, SIZE);
        receive(first, 1);
        replay.commands();
        replay.step("a datagram of 3000 bytes (comes in 3 fragments)");
        client.datagram(42001, 53, 3000);
        replay.commands();
        replay.step("Conns counts a connection, not a datagram; with --ops each datagram");
        stage.ipvsadm(
                "-A -u 10.0.0.100:54 -s rr -o",
                "-a -u 10.0.0.100:54 -r 10.2.0.11:53 -m",
                "-a -u 10.0.0.100:54 -r 10.2.0.12:53 -m");
        for (int i = 0; i < 6; i++) {
            client.datagram(42003, 54, SIZE);
        }
        replay.commands();
    }

    private static void losesServers(Replay replay, Stage stage) throws IOException {
        replay.step("server deleted while it has a UDP connection (expire_nodest_conn 0): the next datagram");
        stage.ipvsadm("-d -u 10.0.0.100:53 -r 10.2.0.11", "-d -u 10.0.0.100:53 -r 10.2.0.12");
        replay.commands();
        replay.said(answer(stage.client().datagram(42001, 53, SIZE)));
        replay.commands();
    }

    private static String answer(DatagramSocket client) throws IOException {
        try {
            while (true) {
                client.receive(new DatagramPacket(new byte[SIZE], SIZE));
            }
        } catch (SocketTimeoutException e) {
            return "client: timed out";
        }
    }

    private static void countsInner(Replay replay, Stage stage, DatagramSocket server, String mode, int port)
            throws IOException {
        stage.ipvsadm("-A -u 10.0.0.100:53 -s rr", "-a -u 10.0.0.100:53 -r 10.0.0.11 " + mode);
        replay.step("ten datagrams of 100 bytes, " + mode + ": bytes are those of the inner packet");
        for (int i = 0; i < 10; i++) {
            stage.client().datagram(port, 53, SIZE);
        }
        receive(server, 10);
        replay.said("server got 10");
        replay.commands();
    }

    private static DatagramSocket bind(Stage stage, int server) {
        return stage.inhabitant(stage.server(server).host()).call(() -> {
            var socket = new DatagramSocket(53);
            socket.setSoTimeout(5000);
            return socket;
        });
    }

    /** Takes so many datagrams; the last one. */
    private static DatagramPacket receive(DatagramSocket socket, int count) throws IOException {
        var packet = new DatagramPacket(new byte[SIZE], SIZE);
        for (int i = 0; i < count; i++) {
            socket.receive(packet);
        }
        return packet;
    }
}
