package io.jlvs.e2e.recorded;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.OneArm;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The lives of TCP connections, state after state, in every mode. */
class TcpRecordedTest {

    private static final Map<String, String> DIFFERENCES = Map.of(
            "the table's own view: ipvsadm -Ln --stats",
            "how many segments were sent again is up to the clients' and servers' kernels: the recordings of dr and tun"
                    + " differ among themselves");

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @TestFactory
    List<DynamicTest> nat() throws IOException {
        try (var stage = new Stage(TwoArm.bare())) {
            return play(stage, "tcp-nat", "-r 10.2.0.11 -m", 40000);
        }
    }

    @TestFactory
    List<DynamicTest> dr() throws IOException {
        try (var stage = oneArm("dr")) {
            return play(stage, "tcp-dr", "-r 10.0.0.11 -g", 40100);
        }
    }

    @TestFactory
    List<DynamicTest> tun() throws IOException {
        try (var stage = oneArm("tun")) {
            return play(stage, "tcp-tun", "-r 10.0.0.11 -i", 40200);
        }
    }

    private static Stage oneArm(String mode) {
        var stage = new Stage(OneArm.bare());
        stage.server(1).setUp(mode);
        return stage;
    }

    private static List<DynamicTest> play(Stage stage, String recording, String server, int ports) {
        stage.ipvsadm("-A -t 10.0.0.100:80 -s rr", "-a -t 10.0.0.100:80 " + server);
        var lives = new Lives(stage, ports);
        return Replay.of(Recording.named(recording), stage, DIFFERENCES, lives::play);
    }

    /** @param ports the first connection has the port after this */
    private record Lives(Stage stage, int ports) {

        void play(Replay replay) throws IOException {
            try (var listener = stage.listen(1, 80)) {
                opens(replay, listener);
                closes(replay, listener);
                breaks(replay, listener);
                vanishes(replay, listener);
            }
            replay.step("refused by the server (nothing listens any more)");
            replay.said("client: " + stage.client().attempt(ports + 7, 80));
            replay.commands();
            try (var _ = stage.listen(1, 80)) {
                usesPortAgain(replay);
                replay.step("the table's own view");
                replay.commands();
            }
        }

        private void opens(Replay replay, ServerSocket listener) throws IOException {
            replay.step("before");
            replay.commands();
            replay.step("SYN only: the server's answers are dropped at the server");
            mute(1);
            replay.said("client: " + stage.client().attempt(ports + 1, 80, 1200));
            replay.commands();
            replay.step("established");
            replay.said("client: " + stage.client().attempt(ports + 2, 80));
            replay.commands();
            replay.step("data both ways");
            var server = accept(listener, ports + 2);
            exchange(client(2), server);
            replay.commands();
            replay.step("client closed (FIN from the client, acknowledged)");
            client(2).shutdownOutput();
            replay.commands();
            replay.step("server closed too");
            server.close();
            replay.commands();
        }

        private void closes(Replay replay, ServerSocket listener) throws IOException {
            replay.step("second connection, the server closes first: FIN from the server");
            var server = open(3, listener);
            server.shutdownOutput();
            replay.commands();
            replay.step("then the client closes");
            client(3).close();
            replay.commands();
        }

        private void breaks(Replay replay, ServerSocket listener) throws IOException {
            replay.step("third connection, the client resets");
            open(4, listener);
            reset(client(4));
            replay.commands();
            replay.step("fourth connection, the server resets");
            reset(open(5, listener));
            replay.commands();
        }

        private void vanishes(Replay replay, ServerSocket listener) throws IOException {
            replay.step("fifth connection: the client's FIN, the server's ACK of it dropped");
            var server = open(6, listener);
            mute(6);
            client(6).shutdownOutput();
            replay.commands(2);
            stage.server(1).host().run("nft", "delete", "table", "ip", "mute6");
            server.close();
            replay.commands();
        }

        /** The client's kernel lends out the port of a connection that is over after a second. */
        private void usesPortAgain(Replay replay) {
            replay.step("a new SYN with the address and port of a connection in TIME_WAIT (conn_reuse_mode 1)");
            await().until(() -> stage.client().attempt(ports + 2, 80).equals("connected"));
            replay.said("client: connected");
            replay.commands();
        }

        private Socket client(int number) {
            return stage.client().socket(ports + number);
        }

        private Socket open(int number, ServerSocket listener) throws IOException {
            stage.client().connect(ports + number, 80);
            return accept(listener, ports + number);
        }

        /** What the server sends to a client's port does not leave it. */
        private void mute(int number) {
            var table = "mute" + number;
            stage.server(1)
                    .host()
                    .run(
                            "nft",
                            "table ip " + table + " { chain out { type filter hook output priority 0; tcp dport "
                                    + (ports + number) + " drop; }; }");
        }

        private static Socket accept(ServerSocket listener, int port) throws IOException {
            while (true) {
                var socket = listener.accept();
                if (socket.getPort() == port) {
                    return socket;
                }
            }
        }

        private static void exchange(Socket client, Socket server) throws IOException {
            client.getOutputStream().write(new byte[100]);
            server.getInputStream().readNBytes(100);
            server.getOutputStream().write(new byte[200]);
            client.getInputStream().readNBytes(200);
        }

        private static void reset(Socket socket) throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
