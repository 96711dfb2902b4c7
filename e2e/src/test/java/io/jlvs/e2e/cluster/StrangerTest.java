package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Inhabitant;
import io.jlvs.e2e.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who has not the key file gets in nowhere and can read nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangerTest {

    private static final String SERVICE = "198.18.77.77:7777";
    private static final int TLS_ALERT = 0x15;
    private static final int ANSWER_BYTES = 200;

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
    void directorWithAnotherKeyFileDoesNotJoin() {
        var stranger = cluster.members().getLast();
        var insider = cluster.members().getFirst();
        var otherKeys = cluster.keys().resolveSibling("other.p12");
        ClusterLab.makeKeys(otherKeys);
        stranger.director().stop();
        cluster.giveKeys(stranger.host(), otherKeys);

        stranger.director().startAgain();
        var refused = stranger.attempt("-A", "-t", SERVICE, "-s", "rr");
        insider.change("-A", "-t", SERVICE, "-s", "wlc");

        assertThat(refused.output()).contains("sees 1 of 3 members");
        assertThat(Member.here(insider.status())).isEqualTo(2);
        assertThat(stranger.rules()).doesNotContain(SERVICE);

        stranger.director().stop();
        cluster.giveKeys(stranger.host(), cluster.keys());
        stranger.director().startAgain();
        cluster.awaitWhole();
        assertThat(stranger.rules()).contains(SERVICE);
        stranger.change("-D", "-t", SERVICE);
    }

    @Test
    void portTellsNothingToWhoSpeaksNoTls() throws Exception {
        var asking = cluster.members().getFirst();
        try (var inhabitant = new Inhabitant(asking.host())) {
            var answer = inhabitant.call(() -> whatIsAnswered("10.9.0.2", 7800));

            assertThat(answer.length == 0 || answer[0] == TLS_ALERT)
                    .as("the answer is %s", new String(answer, StandardCharsets.ISO_8859_1))
                    .isTrue();
        }
    }

    @Test
    void whatDirectorsTellEachOtherCanNotBeReadOnTheWire() {
        var member = cluster.members().getFirst();
        try (var wire = member.host().capture("eth2", "tcp port 7800")) {
            member.change("-A", "-t", SERVICE, "-s", "rr");
            cluster.awaitSame();
            await("packets pass").atMost(Duration.ofSeconds(10)).until(() -> wire.packets().size() > 10);
            member.change("-D", "-t", SERVICE);

            assertThat(wire.packets())
                    .extracting(packet -> new String(packet.ip(), StandardCharsets.ISO_8859_1))
                    .noneMatch(text -> text.contains("198.18.77.77")
                            || text.contains("jlvs")
                            || text.contains("director")
                            || text.contains("scheduler"));
        }
    }

    /** Until the other side hangs up, or has said enough. */
    private static byte[] whatIsAnswered(String address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), 5_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".repeat(20).getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readNBytes(ANSWER_BYTES);
        }
    }
}
