package io.jlvs.e2e.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab by itself: plain routing, no balancer. */
class LabTest {

    /** Opens a lab and dies in the middle of it. */
    static final class KilledRun {
        public static void main(String[] arguments) throws IOException {
            var lab = Lab.open();
            var host = lab.newHost("host");
            host.start("sleep.log", "sh", "-c", "sleep 1000 & wait");
            Files.createDirectory(lab.pins());
            System.out.println(lab.name());
            Runtime.getRuntime().halt(9);
        }
    }

    @BeforeAll
    static void assumePossible() {
        Lab.assumePossible();
    }

    @ParameterizedTest
    @EnumSource
    void clientReachesEachServerAtTheSameSwitch(Family family) {
        try (var topology = OneArm.build()) {
            var client = new Visitor(topology.client());

            for (var server : topology.servers()) {
                assertThat(client.who(server.address(family), 2)).containsExactly(server.name(), server.name());
                assertThat(client.dns(server.address(family), 1)).containsExactly(server.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientReachesEachServerThroughTheDirectorOnlyWhenItForwards(Family family) {
        try (var topology = TwoArm.build()) {
            var client = topology.client();
            client.route("10.2.0.0/24", "10.0.0.1");
            client.route("fd00:2::/64", "fd00::1");
            var first = Family.authority(topology.servers().getFirst().address(family), 80);
            assertThat(client.attempt("curl", "-s", "--max-time", "1", "http://" + first + "/who")
                            .exit())
                    .isNotZero();

            topology.director().sysctl("net.ipv4.ip_forward", "1");
            topology.director().sysctl("net.ipv6.conf.all.forwarding", "1");

            for (var server : topology.servers()) {
                assertThat(new Visitor(client).who(server.address(family), 1)).containsExactly(server.name());
            }
        }
    }

    @Test
    void nobodyButTheDirectorAnswersForTheVirtualAddressThatServersShare() {
        try (var topology = OneArm.build()) {
            topology.shareVip();

            topology.client().run("busybox", "ping", "-c", "1", Topology.VIP);
            topology.client().run("busybox", "ping", "-c", "1", Topology.VIP6);

            var neighbours = topology.client().run("ip", "neighbour");
            assertThat(neighbours.lines().filter(line -> line.startsWith(Topology.VIP + " ")))
                    .allMatch(line -> line.contains(topology.director().mac("eth0")))
                    .hasSize(1);
            assertThat(neighbours.lines().filter(line -> line.startsWith(Topology.VIP6 + " ")))
                    .allMatch(line -> line.contains(topology.director().mac("eth0")))
                    .hasSize(1);
        }
    }

    @Test
    void filesArriveAsTheyWereInBothDirections() {
        try (var topology = OneArm.build()) {
            var client = new Visitor(topology.client());
            var server = topology.servers().getFirst();
            var payload = Payload.of(topology.lab(), "payload", 8);

            assertThat(client.download(server.ipv4(), "payload")).isEqualTo(payload.sha256());

            client.upload(server.ipv6(), payload.file(), "up");
            assertThat(Payload.sha256(server.upload("up"))).isEqualTo(payload.sha256());
        }
    }

    @Test
    void captureShowsPacketsWithTheirBytes() {
        try (var lab = Lab.open()) {
            var network = lab.newSwitch("switch");
            var one = pluggedIn(lab, network, "one", "10.0.0.1/24");
            var other = pluggedIn(lab, network, "other", "10.0.0.2/24");
            try (var capture = other.capture("eth0", "icmp")) {
                one.run("busybox", "ping", "-c", "1", "-t", "17", "-s", "100", "10.0.0.2");

                var request = capture.await("10.0.0.1 > 10.0.0.2: ICMP echo request");
                capture.await("10.0.0.2 > 10.0.0.1: ICMP echo reply");

                assertThat(request.sourceMac()).isEqualTo(one.mac("eth0"));
                assertThat(request.ttl()).isEqualTo(17);
                assertThat(request.ip()).hasSize(128).startsWith(0x45);
                assertThat(capture.packets()).hasSize(2);
            }
        }
    }

    @Test
    void switchPassesNothingThatIsTooLong() {
        try (var lab = Lab.open()) {
            var network = lab.newSwitch("switch");
            var one = pluggedIn(lab, network, "one", "10.0.0.1/24");
            pluggedIn(lab, network, "other", "10.0.0.2/24");
            one.run("busybox", "ping", "-c", "1", "-s", "1472", "10.0.0.2");
            network.mtu(1400);

            assertThat(one.attempt("busybox", "ping", "-c", "1", "-W", "1", "-s", "1472", "10.0.0.2")
                            .exit())
                    .isNotZero();
            one.run("busybox", "ping", "-c", "1", "-s", "1372", "10.0.0.2");
        }
    }

    @Test
    void commandThatFailsSaysWhatItSaid() {
        try (var lab = Lab.open()) {
            var host = lab.newHost("host");

            assertThatThrownBy(() -> host.run("ip", "link", "show", "eth9"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("eth9")
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void leavesNothingBehind() {
        List<Path> during;
        String name;
        Process left;
        try (var topology = OneArm.build()) {
            name = topology.lab().name();
            during = Leavings.of(name);
            left = topology.client().start("sleep.log", "sleep", "1000");
        }

        assertThat(during).hasSizeGreaterThan(6);
        assertThat(Leavings.of(name)).isEmpty();
        assertThat(left.isAlive()).isFalse();
    }

    @Test
    void removesWhatKilledRunLeft() throws IOException {
        var killed = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName());
        var name = Finished.of(killed, "").output().strip();
        assertThat(Leavings.of(name)).hasSize(3);

        Lab.open().close();

        assertThat(Leavings.of(name)).isEmpty();
    }

    @Test
    void leavesLabsOfOthersAlone() {
        try (var mine = Lab.open()) {
            var host = mine.newHost("host");

            Lab.open().close();

            host.run("ip", "link");
        }
    }

    private static Host pluggedIn(Lab lab, Switch network, String name, String address) {
        var host = lab.newHost(name);
        network.plug(host, "eth0");
        host.address("eth0", address);
        return host;
    }
}
