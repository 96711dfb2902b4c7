package io.jlvs.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloatingAddressesTest {

    private static final String V4 = "10.9.0.1/24 dev eth0";
    private static final String V6 = "2001:db8::1/64 dev eth0";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Segment segment;

    @BeforeEach
    void connect() {
        segment = Segment.of("a", "b", "client");
        own("a", 2);
        own("b", 3);
        own("client", 9);
    }

    private void own(String host, int number) {
        segment.at(host, "ip addr add 10.9.0." + number + "/24 dev eth0");
        segment.at(host, "ip addr add 2001:db8::" + number + "/64 dev eth0 nodad");
    }

    @AfterEach
    void disconnect() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void clientsGoToTheSuccessorWhileTheDeadOwnersLeaseStillRuns() {
        var a = segment.holder("a", V4, V6);
        var b = segment.holder("b", V4, V6);
        b.tell("release");
        a.tell("hold true");
        await().atMost(PATIENCE).until(() -> holds("a"));
        segment.at("client", "busybox ping -c1 -W5 10.9.0.1");
        segment.at("client", "busybox ping -c1 -W5 2001:db8::1");
        assertThat(neighbours()).contains(segment.mac("a")).doesNotContain(segment.mac("b"));

        a.kill();
        b.tell("hold true");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(neighbours().split(segment.mac("b"), -1)).hasSize(3));
        await().atMost(PATIENCE).until(() -> addresses("a"), found -> !found.contains("10.9.0.1/"));
        await().atMost(PATIENCE).until(() -> addresses("a"), found -> !found.contains("2001:db8::1/"));
        assertThat(addresses("a")).contains("10.9.0.2/24", "2001:db8::2/64");
        assertThat(segment.at("a", "ip -6 route show dev eth0")).contains("2001:db8::/64");
    }

    @Test
    void loneDirectorsAddressesOutliveItsProcess() {
        var a = segment.holder("a", V4, V6);
        a.tell("hold true");
        await().atMost(PATIENCE).until(() -> holds("a"));
        assertThat(segment.at("a", "ip -o addr show dynamic")).contains("10.9.0.1/24", "2001:db8::1/64");

        a.tell("hold false");
        await().atMost(PATIENCE).until(() -> segment.at("a", "ip -o addr show dynamic"), String::isEmpty);
        a.kill();

        assertThat(addresses("a")).contains("10.9.0.1/24", "2001:db8::1/64");
    }

    @Test
    void renewingKeepsTheAddressInPlace() {
        var a = segment.holder("a", V4, V6);
        a.tell("hold true");
        await().atMost(PATIENCE).until(() -> holds("a"));
        var client = segment.at("client", "busybox ping -i 0.02 -c 250 -q 10.9.0.1"); // over more than one lease

        assertThat(client).contains(" 0% packet loss");
        assertThat(holds("a")).isTrue();
    }

    @Test
    void ownConnectionsDoNotBeginFromFloatingAddresses() {
        var a = segment.holder("a", V4, V6);

        a.tell("hold true");
        await().atMost(PATIENCE).until(() -> holds("a"));

        assertThat(segment.at("a", "ip route get 2001:db8::9")).contains("src 2001:db8::2");
        assertThat(segment.at("a", "ip route get 10.9.0.9")).contains("src 10.9.0.2");
    }

    @Test
    void whoIsNotOwnerTakesOffWhatAnEarlierRunLeft() {
        segment.at("a", "ip addr add " + V4);
        segment.at("a", "ip addr add " + V6 + " nodad");
        var a = segment.holder("a", V4, V6);

        a.tell("release");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(addresses("a")).doesNotContain("10.9.0.1/", "2001:db8::1/"));
        assertThat(addresses("a")).contains("10.9.0.2/24", "2001:db8::2/64");
    }

    @Test
    void anInterfaceThatIsMissingIsToldAndTriedAgain() {
        var a = segment.holder("a", "10.7.0.1/24 dev jlvslate", V4, V6);
        a.tell("hold true");
        await().atMost(PATIENCE).until(() -> holds("a"));
        await().atMost(PATIENCE).until(() -> a.tell("problem"), told -> told.contains("jlvslate"));

        segment.at("a", "ip link add jlvslate type bridge");

        await().atMost(PATIENCE).until(() -> a.tell("problem"), "null"::equals);
        assertThat(addresses("a")).contains("10.7.0.1/24");
    }

    private boolean holds(String host) {
        return addresses(host).contains("10.9.0.1/24") && addresses(host).contains("2001:db8::1/64");
    }

    private String addresses(String host) {
        return segment.at(host, "ip -o addr show");
    }

    /** What the client knows of the floating addresses' neighbours. */
    private String neighbours() {
        return segment.at("client", "ip neigh show to 10.9.0.1 dev eth0")
                + segment.at("client", "ip neigh show to 2001:db8::1 dev eth0");
    }
}
