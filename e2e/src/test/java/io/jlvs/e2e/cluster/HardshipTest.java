package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Directors whose disk is full, whose clock jumps, who are cut off or restarted. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardshipTest {

    private static final String SERVICE = "198.18.3.1:80";
    private static final int CHANGES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(2);
    private static final String MACHINE = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    private static final Path FAKETIME = Path.of("/usr/lib/" + MACHINE + "-linux-gnu/faketime/libfaketimeMT.so.1");

    private ClusterLab cluster;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        cluster = ClusterLab.start();
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void heal() {
        for (var member : cluster.members()) {
            member.director().launchedBy();
        }
        cluster.heal();
        if (cluster.members().getFirst().rules().contains(SERVICE)) {
            cluster.members().getFirst().change("-D", "-t", SERVICE);
            cluster.awaitSame();
        }
    }

    @Test
    void rollingRestartUnderLoadLosesNoChangeAndNobodyWaitsLong() {
        try (var newcomers = Newcomers.start(cluster.client(), ClusterLab.NAT);
                var changes = Changes.start(cluster.members())) {
            for (var member : cluster.members()) {
                member.director().stop();
                newcomers.awaitMore(20);
                member.director().startAgain();
                cluster.awaitWritable();
                changes.awaitMore(10);
                newcomers.awaitMore(20);
            }
            var acknowledged = changes.stop();
            cluster.awaitWhole();

            System.out.println("rolling restart: " + acknowledged.size() + " changes, a new connection waited at most "
                    + newcomers.longestWait().toMillis() + " ms");
            assertThat(newcomers.longestWait()).isLessThan(LONGEST_OUTAGE);
            for (var member : cluster.members()) {
                assertThat(member.rules().lines()).as("the rules of " + member).containsAll(acknowledged);
            }
        }
    }

    @Test
    void directorWhoseDiskIsFullHindersNobodyAndCatchesUpWhenThereIsRoom() throws IOException {
        var full = cluster.members().getLast();
        var others = cluster.othersThan(full);
        full.director().stop();
        full.director()
                .launchedBy(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=16m jlvs \"$0\" && exec \"$@\"",
                        full.director().state().toString());
        full.director().startAgain();
        cluster.awaitWhole();
        var stuffing = stuffing(full);
        full.host().attempt("dd", "if=/dev/zero", "of=" + stuffing, "bs=4k");

        try {
            for (int i = 0; i < CHANGES; i++) {
                others.get(i % 2).change("-A", "-t", "198.18.3.2:" + (1000 + i), "-s", "rr");
            }
            others.getFirst().change("-A", "-t", SERVICE, "-s", "rr");
            await("the others agree")
                    .atMost(PATIENCE)
                    .until(() -> others.getLast().rules().contains(SERVICE));
        } finally {
            Files.delete(stuffing);
        }
        if (!full.director().isRunning()) {
            full.director().startAgain();
        }

        cluster.awaitSame();
        assertThat(full.rules()).contains(SERVICE);
        full.director().stop();
    }

    @Test
    void clocksThatJumpChangeNothing() throws IOException {
        assertThat(FAKETIME).as("libfaketime is installed").exists();
        var jumping = cluster.members().getFirst();
        var clock = jumping.host().write("clock", "+0");
        jumping.director().stop();
        jumping.director()
                .launchedBy(
                        "env",
                        "LD_PRELOAD=" + FAKETIME,
                        "FAKETIME_TIMESTAMP_FILE=" + clock,
                        "FAKETIME_NO_CACHE=1",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1");
        jumping.director().startAgain();
        cluster.awaitWhole();
        var owner = cluster.owner();

        try (var newcomers = Newcomers.start(cluster.client(), ClusterLab.NAT)) {
            for (var jump : List.of("+400d", "-400d", "+0")) {
                Files.writeString(clock, jump);
                for (var member : cluster.members()) {
                    member.change("-A", "-t", SERVICE, "-s", "rr");
                    cluster.awaitSame();
                    member.change("-D", "-t", SERVICE);
                }
                newcomers.awaitMore(100);
            }
            assertThat(newcomers.longestWait()).isLessThan(LONGEST_OUTAGE);
        }

        assertThat(cluster.owner()).isEqualTo(owner);
        assertThat(years(jumping)).as("years in the log of the director whose clock jumped").isGreaterThan(1);
        assertThat(cluster.members()).allMatch(member -> member.agreesWith(3));
        jumping.director().stop();
    }

    @Test
    void directorThatIsCutOffFromItsClientsTakesPartInChanges() {
        var owner = cluster.owner();
        var idle = cluster.othersThan(owner).getFirst();
        try (var newcomers = Newcomers.start(cluster.client(), ClusterLab.NAT)) {
            cluster.cutOff(idle);

            idle.change("-A", "-t", SERVICE, "-s", "rr");
            cluster.awaitSame();
            newcomers.awaitMore(100);
            idle.change("-D", "-t", SERVICE);

            assertThat(newcomers.longestWait()).isLessThan(LONGEST_OUTAGE);
        }
    }

    @Test
    void ownerThatIsCutOffFromItsClientsIsReplacedWhenItIsStopped() {
        var owner = cluster.owner();
        cluster.cutOff(owner);

        owner.director().stop();

        try (var newcomers = Newcomers.start(cluster.client(), ClusterLab.NAT)) {
            newcomers.awaitMore(20);
            assertThat(cluster.othersThan(owner)).anyMatch(member -> member.has("10.0.0.100"));
        }
    }

    /** A file on the disk of a director, which others do not see. */
    private static Path stuffing(Member member) {
        return Path.of("/proc/" + member.director().pid() + "/root" + member.director().state() + "/stuffing");
    }

    private static long years(Member member) {
        return Stream.of(member.director().log().split("\n", -1))
                .filter(line -> line.matches("20\\d\\d-.*"))
                .map(line -> line.substring(0, 4))
                .distinct()
                .count();
    }
}
