package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The owner of the addresses dies under load. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakeOverTest {

    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(2);
    private static final List<String> SERVICES = List.of(ClusterLab.NAT, ClusterLab.DR, ClusterLab.TUN);

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
        cluster.heal();
    }

    @Test
    void newConnectionsSucceedAgainWithinTwoSecondsWhenTheOwnerIsKilled() {
        var owner = cluster.owner();
        try (var newcomers = Newcomers.start(cluster.client(), ClusterLab.NAT)) {
            owner.director().kill9();

            awaitSuccessor(owner);
            newcomers.awaitMore(100);

            System.out.println("the owner was killed: a new connection waited at most "
                    + newcomers.longestWait().toMillis() + " ms");
            assertThat(newcomers.longestWait()).isLessThan(LONGEST_OUTAGE);
        }
    }

    @Test
    void establishedConnectionsOfAllModesGoOnWhenTheOwnerIsKilled() throws Exception {
        var flows = new ArrayList<Flow>();
        try {
            for (var service : SERVICES) {
                flows.add(Flow.open(cluster.client(), service));
            }
            flows.forEach(Flow::awaitGoesOn);
            var owner = cluster.owner();

            owner.director().kill9();
            awaitSuccessor(owner);

            for (var flow : flows) {
                flow.awaitGoesOn();
                System.out.println("the owner was killed: an answer of " + flow.service() + " took at most "
                        + flow.longestWait().toMillis() + " ms");
            }
        } finally {
            for (var flow : flows) {
                flow.close();
            }
        }
    }

    @Test
    void noAcknowledgedChangeIsLostWhenTheOwnerIsKilled() {
        var owner = cluster.owner();
        try (var changes = Changes.start(cluster.members())) {
            owner.director().kill9();
            changes.awaitMore(20);
            owner.director().startAgain();
            changes.awaitMore(20);
            var acknowledged = changes.stop();

            cluster.awaitWhole();

            System.out.println("the owner was killed: " + acknowledged.size() + " changes were acknowledged");
            for (var member : cluster.members()) {
                assertThat(member.rules().lines()).as("the rules of " + member).containsAll(acknowledged);
            }
        }
    }

    /** Somebody else has the addresses, and the dead one has lost its lease of them. */
    private void awaitSuccessor(Member dead) {
        await("another one has the addresses")
                .until(() -> cluster.othersThan(dead).stream()
                        .anyMatch(member -> member.has("10.0.0.100") && member.has("10.2.0.1")));
        await("the dead one has lost them").until(() -> !dead.has("10.0.0.100"));
    }
}
