package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Lab;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What three directors agree on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementTest {

    private static final String SERVICE = "198.18.1.1:80";

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
    void begin() {
        cluster.heal();
        var first = cluster.members().getFirst();
        if (first.rules().contains(SERVICE)) {
            first.change("-D", "-t", SERVICE);
        }
        cluster.awaitSame();
    }

    @Test
    void changeOnAnyDirectorIsOnAllWithinASecond() {
        for (var member : cluster.members()) {
            var service = "198.18.2.1:80";

            member.change("-A", "-t", service, "-s", "wlc");
            awaitOnAllWithinASecond(service, true);

            member.change("-D", "-t", service);
            awaitOnAllWithinASecond(service, false);
        }
    }

    @RepeatedTest(5)
    void whenTwoAddTheSameAtOnceOneIsToldThatItIsThereAndAllHaveTheOthers() {
        var answers = atOnce(List.of("-A", "-t", SERVICE, "-s", "rr"), List.of("-A", "-t", SERVICE, "-s", "wlc"));

        assertThat(answers).extracting(Finished::exit).as(answers.toString()).containsOnlyOnce(0);
        var winner = answers.stream()
                .filter(answer -> answer.exit() == 0)
                .findFirst()
                .orElseThrow();
        var loser = answers.stream()
                .filter(answer -> answer.exit() != 0)
                .findFirst()
                .orElseThrow();
        assertThat(loser.output()).contains("already exists");
        cluster.awaitSame();
        assertThat(cluster.members().getFirst().rules())
                .contains("-A -t " + SERVICE
                        + winner.command().substring(winner.command().indexOf(" -s ")));
    }

    @Test
    void whenTwoEditTheSameAtOnceAllHaveOneOutcomeAndTheLogSaysWhoCrossedWhom() {
        cluster.members().getFirst().change("-A", "-t", SERVICE, "-s", "rr");
        cluster.awaitSame();

        await("two changes cross").until(() -> {
            atOnce(List.of("-E", "-t", SERVICE, "-s", "wlc"), List.of("-E", "-t", SERVICE, "-s", "sed"));
            cluster.awaitSame();
            return cluster.logs().contains("changed what another director had changed meanwhile");
        });

        assertThat(cluster.members().getFirst().rules()).containsPattern("-A -t " + SERVICE + " -s (wlc|sed)");
    }

    @Test
    void directorThatWasAwayCatchesUp() {
        var away = cluster.members().getLast();
        away.director().stop();

        cluster.members().getFirst().change("-A", "-t", SERVICE, "-s", "rr");
        cluster.members().getFirst().change("-a", "-t", SERVICE, "-r", "10.2.0.11:80", "-m", "-w", "7");
        away.director().startAgain();

        await("it has what it missed")
                .atMost(Duration.ofSeconds(20))
                .until(() -> away.rules().contains("-a -t " + SERVICE + " -r 10.2.0.11:80 -m -w 7"));
    }

    @Test
    void sideWithTheMajorityTakesChangesAndTheOtherSaysThatItMayNot() {
        var lonely = cluster.owner();
        var majority = cluster.othersThan(lonely);
        var before = majority.getFirst();
        before.change("-A", "-t", SERVICE, "-s", "rr");

        cluster.part(lonely);

        await("the larger side goes on")
                .atMost(Duration.ofSeconds(20))
                .until(() -> majority.stream().allMatch(member -> member.agreesWith(2)));
        await("the smaller side knows that it is alone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !lonely.status().getBoolean("writable"));
        majority.getLast().change("-a", "-t", SERVICE, "-r", "10.2.0.11:80", "-m", "-w", "5");
        var refused = lonely.attempt("-a", "-t", SERVICE, "-r", "10.2.0.12:80", "-m");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("director " + lonely + " sees 1 of 3 members")
                .contains("The side of " + majority.getFirst() + ", " + majority.getLast() + " may change");
        assertThat(majority).anyMatch(member -> member.has("10.0.0.100"));
        await("the lonely one leaves the addresses").until(() -> !lonely.has("10.0.0.100"));

        cluster.heal();

        assertThat(lonely.rules())
                .contains("-a -t " + SERVICE + " -r 10.2.0.11:80 -m -w 5")
                .doesNotContain("-a -t " + SERVICE + " -r 10.2.0.12:80");
    }

    /** Two directors are told something at the same time. */
    private List<Finished> atOnce(List<String> one, List<String> other) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> tell(0, one), threads);
            var second = CompletableFuture.supplyAsync(() -> tell(1, other), threads);
            return List.of(first.join(), second.join());
        }
    }

    private Finished tell(int member, List<String> words) {
        return cluster.members().get(member).attempt(words.toArray(String[]::new));
    }

    private void awaitOnAllWithinASecond(String service, boolean there) {
        await("all know of " + service)
                .atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> cluster.members().stream()
                        .allMatch(member -> member.rules().contains(service) == there));
    }
}
