package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Inhabitant;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sibling that has come in over TCP picks for the kernel path. */
class PickingSiblingTest {

    private static final int PORT = 7000;
    private static final String SERVICE = "10.0.0.100:80";
    private static final String CHOICE = "10.2.0.13:80";
    private static final int CONNECTIONS = 5;
    private static final int REQUESTS = 20;

    private final Running running = new Running();
    private Topology topology;
    private Director director;

    @BeforeEach
    void start() {
        Lab.assumePossible();
        topology = running.add(TwoArm.build(), Topology::close);
        director = Director.start(
                topology,
                "bus: {tcp: {port: " + PORT + ", anonymous: operator}}\n"
                        + "schedulers: {remote: {fallback: fo, deadline: 500ms}}\n");
        director.ipvsadm("-A", "-t", SERVICE, "-s", "remote");
        director.ipvsadm("-a", "-t", SERVICE, "-r", "10.2.0.11:80", "-m", "-w", "9");
        director.ipvsadm("-a", "-t", SERVICE, "-r", "10.2.0.12:80", "-m");
        director.ipvsadm("-a", "-t", SERVICE, "-r", CHOICE, "-m");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void isAskedOncePerConnectionAndReplacedWhenItIsGone() throws IOException {
        var there = running.add(new Inhabitant(topology.director()), Inhabitant::close);
        try (var socket = there.call(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), PORT))) {
            Thread.ofVirtual().start(() -> pick(socket));
            await("the sibling listens").until(() -> visit().equals(Set.of("s3")));
            var before = picks("answered");

            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(visit()).containsExactly("s3");
            }

            assertThat(picks("answered")).isEqualTo(before + CONNECTIONS);
            assertThat(asked()).isEqualTo(before + picks("absent") + CONNECTIONS);
        }
        await("the sibling is missed").until(() -> visit().equals(Set.of("s1")));
        assertThat(picks("absent")).isPositive();
    }

    /** Who answers many requests over one connection. */
    private Set<String> visit() {
        return Set.copyOf(topology.client()
                .run("curl", "-sSf", "--max-time", "10", "http://" + SERVICE + "/who?[1-" + REQUESTS + "]")
                .lines()
                .toList());
    }

    private long picks(String outcome) {
        return metric(
                "jlvs_remote_picks_total{protocol=\"tcp\",service=\"" + SERVICE + "\",outcome=\"" + outcome + "\"} ");
    }

    private long asked() {
        return metric("jlvs_datapath_asked_packets_total ");
    }

    private long metric(String series) {
        return director.metrics()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    /** Answers every question with the same server. */
    private static void pick(Socket socket) {
        try {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            send(out, JsonObject.of("type", "register", "address", "jlvs.pick"));
            while (true) {
                var question = new JsonObject(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
                send(
                        out,
                        JsonObject.of("type", "send", "address", question.getString("replyAddress"))
                                .put("body", JsonObject.of("server", CHOICE)));
            }
        } catch (IOException _) {
            // the test is over
        }
    }

    private static void send(DataOutputStream out, JsonObject frame) throws IOException {
        var bytes = frame.encode().getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
