package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Family;
import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.OneArm;
import io.jlvs.e2e.lab.Payload;
import io.jlvs.e2e.lab.Product;
import io.jlvs.e2e.lab.Server;
import io.jlvs.e2e.lab.Topology;
import io.jlvs.e2e.lab.Visitor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jlvs realserver} on the servers of a lab, with an engine as their director. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealServerTest {

    private static final List<String> BOTH_VIPS = List.of("--vip", Topology.VIP, "--vip", Topology.VIP6);

    private OneArm lab;
    private Director director;
    private Visitor visitor;

    @BeforeAll
    void start() {
        Lab.assumePossible();
        lab = OneArm.build();
        director = Director.start(lab);
        visitor = new Visitor(lab.client());
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipip", "gue --tun-nocsum", "gue --tun-csum", "gre --tun-nocsum", "gre --tun-csum"})
    void unwrapsBothFamiliesInBothFamilies(String type) {
        var tunnel = type.split(" ", 2);
        var port = tunnel[0].equals("gue") ? List.of("--port", "6666") : List.<String>of();
        var options = concat(List.of("--mode", "tun", "--tunnel", tunnel[0]), concat(BOTH_VIPS, port));
        var name = "payload-" + type.replace(' ', '-');
        var payload = Payload.of(lab.lab(), name, 8);
        try (var _ = new SetUp(options, lab.servers())) {
            for (var vip : Family.values()) {
                var service = Family.authority(Topology.vip(vip), 80);
                director.ipvsadm("-A", "-t", service, "-s", "rr");
                director.ipvsadm(tunnelTo(service, server(1).ipv4(), type));
                director.ipvsadm(tunnelTo(service, server(2).ipv6(), type));

                assertThat(visitor.who(Topology.vip(vip), 4))
                        .containsOnly("s1", "s2")
                        .hasSize(4);
                for (int turn = 0; turn < 2; turn++) {
                    assertThat(visitor.download(Topology.vip(vip), name)).isEqualTo(payload.sha256());
                }
                for (int turn = 0; turn < 2; turn++) {
                    visitor.upload(Topology.vip(vip), payload.file(), name + vip);
                }
                for (int number = 1; number <= 2; number++) {
                    assertThat(Payload.sha256(server(number).upload(name + vip)))
                            .isEqualTo(payload.sha256());
                }
            }
        }
    }

    @Test
    void nobodyElseAnswersForTheVirtualAddress() {
        try (var _ = new SetUp(concat(List.of("--mode", "dr"), BOTH_VIPS), lab.servers())) {
            for (var family : Family.values()) {
                director.balance("-t", Family.authority(Topology.vip(family), 80), "-g", addresses(family));
                lab.client().run("ip", "neighbour", "flush", "dev", "eth0");

                assertThat(visitor.who(Topology.vip(family), 6)).contains("s1", "s2", "s3");

                assertThat(lab.client().run("ip", "neighbour", "show", Topology.vip(family)))
                        .contains(lab.director().mac("eth0"));
            }
        }
    }

    @Test
    void leavesPacketsForOtherAddressesToTheKernel() {
        var service = Topology.VIP + ":80";
        var other = List.of("--mode", "tun", "--vip", "10.0.0.101");
        server(1).host().address("lo", Topology.VIP + "/32");
        try (var _ = new SetUp(other, List.of(server(1)));
                var refusals = lab.director().capture("eth0", "icmp")) {
            director.balance("-t", service, "-i", List.of(server(1).ipv4() + ":80"));

            var asked = lab.client().attempt("curl", "-s", "--max-time", "1", "http://" + service + "/who");

            assertThat(asked.exit()).isNotZero();
            refusals.await("10.0.0.11 > 10.0.0.1: ICMP 10.0.0.11 protocol 4 (port )?unreachable");
        } finally {
            server(1).host().run("ip", "address", "del", Topology.VIP + "/32", "dev", "lo");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dr", "tun"})
    void takesEverythingBackAlsoWhenItWasSetUpTwice(String mode) {
        var host = server(1).host();
        host.sysctl("net.ipv4.conf.eth0.rp_filter", "1");
        var before = state(host);
        var options = concat(List.of("--mode", mode), BOTH_VIPS);

        realserver(host, "setup", options).successful();
        var once = state(host);
        realserver(host, "setup", options).successful();
        var twice = state(host);
        realserver(host, "teardown", options).successful();

        assertThat(once).contains(Topology.VIP, Topology.VIP6).isNotEqualTo(before);
        assertThat(twice).isEqualTo(once);
        assertThat(state(host)).isEqualTo(before);
        realserver(host, "teardown", options).successful();
        assertThat(state(host)).isEqualTo(before);
    }

    @Test
    void keepsWhatOtherAddressesNeed() {
        var host = server(1).host();
        var before = state(host);
        realserver(host, "setup", List.of("--mode", "tun", "--vip", "10.0.0.101"))
                .successful();
        var one = state(host);

        realserver(host, "setup", List.of("--mode", "tun", "--vip", "10.0.0.102"))
                .successful();
        realserver(host, "teardown", List.of("--mode", "tun", "--vip", "10.0.0.102"))
                .successful();

        assertThat(state(host)).isEqualTo(one);
        realserver(host, "teardown", List.of("--mode", "tun", "--vip", "10.0.0.101"))
                .successful();
        assertThat(state(host)).isEqualTo(before);
    }

    @Test
    void printsForTheShellWhatItWouldDoAndChangesNothing() {
        var host = server(1).host();
        var options = concat(List.of("--mode", "tun"), BOTH_VIPS);
        var before = state(host);
        realserver(host, "setup", options).successful();
        var after = state(host);
        realserver(host, "teardown", options).successful();

        var script =
                realserver(host, "setup", concat(options, List.of("--print"))).successful();

        assertThat(state(host)).isEqualTo(before);
        host.run("sh", "-c", script);
        assertThat(state(host)).isEqualTo(after);
        host.run(
                "sh",
                "-c",
                realserver(host, "teardown", concat(options, List.of("--print")))
                        .successful());
        assertThat(state(host)).isEqualTo(before);
    }

    @Test
    void stopsAtTheFirstFailureAndSaysWhatToDo() {
        var options = List.of("--mode", "tun", "--vip", "10.0.0.101", "--interface", "lo");
        var host = lab.lab().newHost("without");
        var withoutTc = List.of("env", "PATH=" + pathWithout("tc"));

        var failed = host.attempt(concat(withoutTc, command("setup", options)).toArray(String[]::new));

        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.errors())
                .startsWith("jlvs: this failed")
                .contains("tc qdisc replace dev lo clsact", "teardown");
        assertThat(host.run("ip", "address", "show", "dev", "lo")).doesNotContain("10.0.0.101");
        host.run(command("teardown", options).toArray(String[]::new));
    }

    /** A folder with links to what the command needs but one. */
    private String pathWithout(String missing) {
        var folder = lab.lab().folder().resolve("path-without-" + missing);
        var tools = List.of("sh", "ip", "tc", "mkdir", "cp", "dd", "rm", "dirname", "readlink", "grep", "env");
        Finished.of(new ProcessBuilder("mkdir", folder.toString()), "").successful();
        for (var tool : tools) {
            if (!tool.equals(missing)) {
                Finished.of(new ProcessBuilder("sh", "-c", "ln -s \"$(command -v " + tool + ")\" " + folder), "")
                        .successful();
            }
        }
        return folder.toString();
    }

    private Server server(int number) {
        return lab.servers().get(number - 1);
    }

    private List<String> addresses(Family family) {
        return lab.servers().stream()
                .map(server -> Family.authority(server.address(family), 80))
                .toList();
    }

    private static String[] tunnelTo(String service, String server, String type) {
        var port = type.startsWith("gue") ? List.of("--tun-port", "6666") : List.<String>of();
        var words = List.of("-a", "-t", service, "-r", Family.authority(server, 80), "-i", "--tun-type");
        return concat(words, concat(List.of(type.split(" ", -1)), port)).toArray(String[]::new);
    }

    /** Everything that setup may touch, but for the numbers that the kernel counts up. */
    private static String state(Host host) {
        var parameters = "grep . /proc/sys/net/ipv4/conf/*/arp_ignore /proc/sys/net/ipv4/conf/*/arp_announce"
                + " /proc/sys/net/ipv4/conf/*/rp_filter";
        var filters = "tc qdisc show; tc filter show dev eth0 ingress | sed 's/ id [0-9]*//; s/ tag [0-9a-f]*//'";
        return host.run("sh", "-c", parameters + "; ip -o address show; " + filters);
    }

    private static Finished realserver(Host host, String what, List<String> options) {
        return host.attempt(
                command(what, concat(options, List.of("--interface", "eth0"))).toArray(String[]::new));
    }

    private static List<String> command(String what, List<String> options) {
        var jlvs = Product.source("dist/target/jlvs/bin/jlvs").toString();
        var jdk = "JAVA_HOME=" + System.getProperty("java.home");
        return concat(List.of("env", jdk, jlvs, "realserver", what), options);
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Servers that are prepared; closing it takes that back, and the services. */
    private final class SetUp implements AutoCloseable {

        private final List<String> options;
        private final List<Server> servers;

        SetUp(List<String> options, List<Server> servers) {
            this.options = options;
            this.servers = servers;
            servers.forEach(
                    server -> realserver(server.host(), "setup", options).successful());
        }

        @Override
        public void close() {
            director.ipvsadm("-C");
            servers.forEach(
                    server -> realserver(server.host(), "teardown", options).successful());
        }
    }
}
