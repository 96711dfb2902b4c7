package io.jlvs.e2e.recorded;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a client sees when something is not there, and what of it is counted. */
class ClientSeesRecordedTest {

    private static final Map<String, String> DIFFERENCES = Map.of(
            "the server's machine is down (nobody answers ARP): ipvsadm -Ln --stats",
            "the errors that the director's kernel sends for a neighbour that does not answer are not counted as outgoing");

    private static final String ADD = "-A -t 10.0.0.100:80 -s rr";
    private static final String OUT_OF_THE_BLUE = "a TCP packet out of the blue, no connection: ";

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @TestFactory
    List<DynamicTest> clientSees() throws IOException {
        try (var stage = new Stage(TwoArm.bare());
                var first = stage.listen(1, 80);
                var third = stage.listen(3, 80)) {
            return Replay.of(
                    Recording.named("client-sees"), stage, DIFFERENCES, new Experiences(stage, first, third)::play);
        }
    }

    private record Experiences(Stage stage, ServerSocket first, ServerSocket third) {

        void play(Replay replay) throws IOException {
            nobodyServes(replay);
            serverComesAndGoes(replay);
            portIsClosed(replay);
            serverIsFarAway(replay);
            outOfTheBlue(replay);
            tableIsCleared(replay);
            timeToLiveEnds(replay);
        }

        private void nobodyServes(Replay replay) {
            replay.step("no service at all on the address's port (the director's own stack answers)");
            attempt(replay, 43958, 80);
            stage.ipvsadm(ADD);
            replay.step("a TCP service without a server");
            attempt(replay, 43974, 80);
            replay.step("the same address, a port without a service");
            attempt(replay, 42488, 81);
            stage.ipvsadm("-a -t 10.0.0.100:80 -r 10.2.0.11 -m -w 0");
            replay.step("only a server of weight 0");
            attempt(replay, 50362, 80);
        }

        private void serverComesAndGoes(Replay replay) throws IOException {
            stage.ipvsadm("-e -t 10.0.0.100:80 -r 10.2.0.11 -m -w 1");
            replay.step("a good server");
            attempt(replay, 50376, 80);
            var client = stage.client().socket(50376);
            var server = first.accept();
            stage.ipvsadm("-e -t 10.0.0.100:80 -r 10.2.0.11 -m -w 0");
            replay.step("weight 0 while a connection is open: it goes on");
            client.getOutputStream().write('1');
            replay.said(got(server, 5000));
            replay.commands();
            replay.step("server deleted while a connection is open (expire_nodest_conn 0): packets vanish");
            stage.ipvsadm("-d -t 10.0.0.100:80 -r 10.2.0.11");
            client.getOutputStream().write('2');
            replay.said(got(server, 500));
            replay.commands();
            replay.step("server added again: the connection comes back to life (a retransmission passes)");
            stage.ipvsadm("-a -t 10.0.0.100:80 -r 10.2.0.11 -m");
            replay.said(got(server, 10_000));
            replay.commands();
            connectionIsForgotten(replay, client);
        }

        private void connectionIsForgotten(Replay replay, Socket client) throws IOException {
            replay.step("deleted with expire_nodest_conn 1");
            stage.director().jlvs("sysctl", "net.ipv4.vs.expire_nodest_conn=1");
            stage.ipvsadm("-d -t 10.0.0.100:80 -r 10.2.0.11");
            replay.commands();
            client.getOutputStream().write('3');
            try {
                replay.said("client: " + client.getInputStream().read());
            } catch (SocketException e) {
                replay.said("client: ECONNRESET");
            }
            replay.commands();
            stage.director().jlvs("sysctl", "net.ipv4.vs.expire_nodest_conn=0");
        }

        private void portIsClosed(Replay replay) throws IOException {
            stage.ipvsadm("-C", ADD, "-a -t 10.0.0.100:80 -r 10.2.0.12 -m");
            replay.step("the server is there, its port is closed (RST)");
            attempt(replay, 40110, 80);
            listed("TCP 00:0[0-6] +CLOSE"); // so much older it was than the next
            stage.ipvsadm("-A -u 10.0.0.100:53 -s rr", "-a -u 10.0.0.100:53 -r 10.2.0.12 -m");
            replay.step("UDP, the server's port is closed (ICMP port unreachable translated)");
            replay.said(answer(stage.client().datagram(45001, 53, 5)));
            replay.commands();
            stage.ipvsadm("-C", "-A -u 10.0.0.100:53 -s rr");
            replay.step("UDP service without a server");
            replay.said(answer(stage.client().datagram(45002, 53, 5)));
            replay.commands();
        }

        private void serverIsFarAway(Replay replay) {
            await().until(() -> !stage.director().ipvsadm("-Lnc").contains("CLOSE"));
            stage.ipvsadm("-C", ADD, "-a -t 10.0.0.100:80 -r 10.2.0.99 -m");
            replay.step("the server's machine is down (nobody answers ARP)");
            attempt(replay, 19190, 80);
            stage.ipvsadm("-C", ADD, "-a -t 10.0.0.100:80 -r 172.31.0.9 -m");
            replay.step("no route to the server");
            attempt(replay, 19194, 80);
            stage.ipvsadm("-C", ADD, "-a -t 10.0.0.100:80 -r 10.2.0.13 -m");
            replay.step("ping of the VIP: the director answers");
            replay.commands();
        }

        /** The port is that of the recording: by the flags' bits. */
        private void outOfTheBlue(Replay replay) throws IOException {
            for (var flags : List.of("ACK", "FIN+ACK", "RST", "SYN+ACK", "no flags", "SYN+FIN")) {
                replay.step(OUT_OF_THE_BLUE + flags);
                send(45100 + Segment.bits(flags), flags);
                replay.commands();
            }
            stage.director().jlvs("sysctl", "net.ipv4.vs.sloppy_tcp=1");
            replay.step("the same ACK with sloppy_tcp 1");
            send(45200, "ACK");
            replay.commands();
            stage.director().jlvs("sysctl", "net.ipv4.vs.sloppy_tcp=0");
        }

        private void tableIsCleared(Replay replay) throws IOException {
            var client = stage.client().connect(45003, 80);
            var server = third.accept();
            replay.step(
                    "table cleared with a connection open, then service and server added again: the connection goes on");
            stage.ipvsadm("-C");
            replay.said("table cleared");
            replay.commands();
            stage.ipvsadm(ADD, "-a -t 10.0.0.100:80 -r 10.2.0.13 -m");
            replay.said("added again");
            replay.commands();
            client.getOutputStream().write('4');
            replay.said(got(server, 5000));
            replay.commands();
            client.close();
            server.close();
        }

        private void timeToLiveEnds(Replay replay) {
            replay.step("NAT with TTL 1 at the director");
            listed("TIME_WAIT");
            stage.topology().client().sysctl("net.ipv4.ip_default_ttl", "1");
            replay.said(
                    stage.client().attempt(47140, 80).equals("EHOSTUNREACH")
                            ? "client: [Errno 113] No route to host"
                            : "client: something else");
            replay.commands();
        }

        /** Waits for an entry. */
        private void listed(String regex) {
            var entry = Pattern.compile(regex).asPredicate();
            await().until(() -> entry.test(stage.director().ipvsadm("-Lnc")));
        }

        private void attempt(Replay replay, int from, int port) {
            replay.said("client: " + stage.client().attempt(from, port));
            replay.commands();
        }

        private void send(int port, String flags) throws IOException {
            var client = InetAddress.getByName("10.0.0.2");
            var vip = (Inet4Address) InetAddress.getByName("10.0.0.100");
            stage.client().inhabitant().send(Segment.of(client.getAddress(), port, vip.getAddress(), 80, flags), vip);
        }

        private static String got(Socket server, int patienceMs) throws IOException {
            server.setSoTimeout(patienceMs);
            try {
                return "server got b'" + (char) server.getInputStream().read() + "'";
            } catch (SocketTimeoutException e) {
                return "server: timed out";
            }
        }

        private static String answer(DatagramSocket client) throws IOException {
            try {
                client.receive(new DatagramPacket(new byte[1], 1));
                return "client: an answer";
            } catch (PortUnreachableException e) {
                return "client: ECONNREFUSED";
            }
        }
    }
}
