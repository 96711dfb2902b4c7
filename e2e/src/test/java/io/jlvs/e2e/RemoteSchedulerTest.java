package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The scheduler remote in the kernel path, while no sibling listens: its fallback picks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteSchedulerTest {

    private static final String SERVICE = "10.0.0.100:80";
    private static final int CONNECTIONS = 4;
    private static final int REQUESTS = 50;

    private Topology topology;
    private Director director;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        topology = TwoArm.build();
        director = Director.start(topology, "schedulers: {remote: {fallback: rr, deadline: 50ms}}\n");
    }

    @AfterAll
    void stop() {
        if (topology != null) {
            topology.close();
        }
    }

    @Test
    void asksForTheFirstPacketOfEachConnectionAndForNoneAfterIt() {
        director.ipvsadm("-A", "-t", SERVICE, "-s", "remote");
        for (var server : List.of("10.2.0.11:80", "10.2.0.12:80", "10.2.0.13:80")) {
            director.ipvsadm("-a", "-t", SERVICE, "-r", server, "-m");
        }

        for (int i = 0; i < CONNECTIONS; i++) {
            var answers = topology.client()
                    .run("curl", "-sSf", "--max-time", "10", "http://" + SERVICE + "/who?[1-" + REQUESTS + "]")
                    .lines()
                    .toList();
            assertThat(answers).as("one connection").hasSize(REQUESTS);
            assertThat(Collections.frequency(answers, answers.getFirst())).isEqualTo(REQUESTS);
        }

        await().untilAsserted(() -> assertThat(director.metrics().lines())
                .contains(
                        "jlvs_datapath_asked_packets_total " + CONNECTIONS,
                        "jlvs_service_connections_total{protocol=\"tcp\",service=\"" + SERVICE + "\"} " + CONNECTIONS,
                        "jlvs_remote_picks_total{protocol=\"tcp\",service=\"" + SERVICE + "\",outcome=\"absent\"} "
                                + CONNECTIONS));
    }
}
