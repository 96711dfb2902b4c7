package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.TwoArm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The engine dies under load and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

    private static final int SECONDS = 30;
    private static final String VIP = Family.authority(Topology.vip(Family.IPV4), 80);
    private static final Pattern TOTALS = Pattern.compile("TCP +" + Pattern.quote(VIP) + " +(\\d+) +(\\d+) +(\\d+) ");

    private Topology topology;
    private Director director;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        topology = TwoArm.build();
        director = Director.start(topology);
    }

    @AfterAll
    void stop() {
        if (topology != null) {
            topology.close();
        }
    }

    @Test
    void losesNoRequestWhenTheEngineIsKilledAndStartedAgain() throws Exception {
        director.balance("-t", VIP, "-m", List.of("10.2.0.11:80", "10.2.0.12:80", "10.2.0.13:80"));
        var kept = load("kept");
        var renewed = load("renewed", "-H", "Connection: close");
        awaitTraffic(0);
        var before = totals();

        director.kill9();
        awaitServed(Duration.ofSeconds(8)); // nobody is there but the kernel
        director.startAgain();

        var after = totals();
        assertThat(after.connections())
                .as("connections made while no engine ran")
                .isGreaterThan(before.connections());
        assertThat(after.inPackets()).isGreaterThan(before.inPackets());
        assertThat(after.outPackets()).isGreaterThan(before.outPackets());
        awaitTraffic(after.connections());
        assertNothingFailed("kept", kept);
        assertNothingFailed("renewed", renewed);
        assertThat(totals().inPackets()).isGreaterThan(after.inPackets());
        assertThat(director.log()).doesNotContain("ERROR");
    }

    private Process load(String name, String... more) {
        var command = new ArrayList<>(List.of(
                "wrk", "-t", "1", "-c", "32", "-d", SECONDS + "s", "--timeout", "5s", "http://" + VIP + "/who"));
        command.addAll(List.of(more));
        return topology.client().start(name + ".log", command.toArray(String[]::new));
    }

    private void awaitTraffic(long connections) {
        await("connections come")
                .atMost(Duration.ofSeconds(20))
                .until(() -> totals().connections() > connections + 500);
    }

    /** Lets some time pass in which the load must go on: its processes are alive all the while. */
    private static void awaitServed(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(10)).until(() -> System.nanoTime() > end);
    }

    private void assertNothingFailed(String name, Process load) throws InterruptedException, IOException {
        assertThat(load.waitFor(SECONDS + 20, TimeUnit.SECONDS)).isTrue();
        var said = Files.readString(log(name));
        assertThat(said)
                .containsPattern("[1-9][0-9]* requests in")
                .doesNotContain("Socket errors")
                .doesNotContain("Non-2xx");
    }

    private Path log(String name) {
        return topology.client().folder().resolve(name + ".log");
    }

    private Totals totals() {
        var listing = director.ipvsadm("-Ln", "--stats", "--exact", "-t", VIP);
        var found = TOTALS.matcher(listing);
        assertThat(found.find()).as(listing).isTrue();
        return new Totals(
                Long.parseLong(found.group(1)), Long.parseLong(found.group(2)), Long.parseLong(found.group(3)));
    }

    private record Totals(long connections, long inPackets, long outPackets) {}
}
