package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import io.jlvs.e2e.lab.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A forwarding mode that the engine was started without: fullnat, to servers that have no way to the client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropInModeTest {

    private Topology topology;
    private Director director;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        topology = TwoArm.build();
        for (var server : topology.servers()) {
            server.host().run("ip", "route", "del", "default");
            server.host().run("ip", "-6", "route", "del", "default");
        }
        director = Director.start(topology, "modes: {fullnat: {addresses: [10.2.0.1, \"fd00:2::1\"]}}\n");
    }

    @AfterAll
    void stop() {
        if (topology != null) {
            topology.close();
        }
    }

    @Test
    void forwardsOnceItsJarIsDroppedIn() throws IOException {
        assertThat(director.jlvs("plugins")).doesNotContain("fullnat");

        dropIn();
        await("the mode is offered")
                .atMost(Duration.ofSeconds(20))
                .until(() -> director.jlvs("plugins").contains("fullnat"));

        var visitor = new Visitor(topology.client());
        for (var family : Family.values()) {
            var service = Family.authority(Topology.vip(family), 80);
            director.ipvsadm("-A", "-t", service, "-s", "rr");
            for (var server : topology.servers()) {
                var address = Family.authority(server.address(family), 80);
                director.ipvsadm("-a", "-t", service, "-r", address, "--mode", "fullnat");
            }
            assertThat(visitor.who(Topology.vip(family), 6))
                    .contains("s1", "s2", "s3")
                    .hasSize(6);
        }
        assertThat(director.ipvsadm("-Ln")).contains("fullnat");
    }

    private void dropIn() throws IOException {
        var extra = director.product().home().resolve("plugins-extra");
        try (var jars = Files.list(extra)) {
            for (var jar : jars.toList()) {
                Files.copy(jar, director.product().plugins().resolve(jar.getFileName()));
            }
        }
    }
}
