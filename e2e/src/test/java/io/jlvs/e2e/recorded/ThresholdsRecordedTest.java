package io.jlvs.e2e.recorded;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** When {@code -x} and {@code -y} close and open a server. */
class ThresholdsRecordedTest {

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @TestFactory
    List<DynamicTest> thresholds() throws IOException {
        try (var stage = new Stage(TwoArm.bare());
                var first = stage.listen(1, 80);
                var second = stage.listen(2, 80)) {
            first.setSoTimeout(50);
            stage.ipvsadm("--set 0 2 0");
            return Replay.of(Recording.named("thresholds"), stage, Map.of(), replay -> {
                new Service(stage, first, second, 81, "", 5).play(replay);
                new Service(stage, first, second, 82, " -y 3", 2).play(replay);
                new Service(stage, first, second, 83, " -y 8", 7).play(replay);
            });
        }
    }

    /**
     * A service of the recording, by its port.
     *
     * @param opensAt how many connections the first server has when it gets new ones again
     */
    private record Service(
            Stage stage,
            ServerSocket first,
            ServerSocket second,
            int port,
            String lower,
            int opensAt,
            Deque<Socket> ofFirst,
            Deque<Socket> ofSecond) {

        Service(Stage stage, ServerSocket first, ServerSocket second, int port, String lower, int opensAt) {
            this(stage, first, second, port, lower, opensAt, new ArrayDeque<>(), new ArrayDeque<>());
        }

        void play(Replay replay) throws IOException {
            var service = "-t 10.0.0.100:" + port;
            stage.ipvsadm(
                    "-A " + service + " -s rr",
                    "-a " + service + " -r 10.2.0.11:80 -m -x 8" + lower,
                    "-a " + service + " -r 10.2.0.12:80 -m");
            replay.step("rr, r1 with -x 8" + lower + ", r2 without: 20 connections held open");
            replay.said(connect(20));
            replay.commands();
            for (int open = 7; open >= opensAt; open--) {
                loseOne(replay, open);
            }
            replay.commands();
            replay.step("... and from then on");
            replay.said(connect(14));
            replay.commands();
            replay.step("-e with a higher upper threshold");
            stage.ipvsadm("-e " + service + " -r 10.2.0.11:80 -m -x 12" + lower);
            replay.said(connect(12));
            replay.commands();
        }

        /**
         * A reset connection is in the table for 10 s, for inactive. To be quicker the server closes this one, which is then
         * for as long in the table, and for inactive too, as {@code --set} says.
         */
        private void loseOne(Replay replay, int open) throws IOException {
            ofFirst.pop().shutdownOutput();
            await().until(() -> firstServer().matches(".* " + open + " +1 *"));
            replay.said("one connection of r1 reset: " + open
                    + " open, the reset one still in the table (CLOSE): the next two go to " + connect(2));
            await().until(() -> firstServer().matches(".* " + open + " +0 *"));
            replay.said("11 s later its entry is gone: " + open + " on r1: the next two go to " + connect(2));
        }

        private String firstServer() {
            return stage.director()
                    .ipvsadm("-Ln", "-t", "10.0.0.100:" + port)
                    .lines()
                    .filter(line -> line.contains("10.2.0.11:80"))
                    .findFirst()
                    .orElse("");
        }

        /** Opens so many connections, one after the other; who got them. */
        private String connect(int count) throws IOException {
            var servers = new StringJoiner(" ");
            for (int i = 0; i < count; i++) {
                stage.client().connect(0, port);
                servers.add(accept());
            }
            return servers.toString();
        }

        private String accept() throws IOException {
            try {
                ofFirst.push(first.accept());
                return "r1";
            } catch (SocketTimeoutException e) {
                ofSecond.push(second.accept());
                return "r2";
            }
        }
    }
}
