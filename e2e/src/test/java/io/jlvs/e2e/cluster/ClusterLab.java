package io.jlvs.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Product;
import io.jlvs.e2e.lab.Server;
import io.jlvs.e2e.lab.Switch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A client, three directors with a link of their own for what they tell each other, and servers for each mode.
 *
 * <pre>
 *                    outside                       inside
 *  client 10.0.0.2 ---+--- a 10.0.0.201  10.2.0.201 ---+--- s1 10.2.0.11   (nat)
 *                     +--- b      ..202       ..202 ---+--- s2 10.2.0.12   (nat)
 *                     +--- c      ..203       ..203 ---+
 *                     +--- s3 10.0.0.13 (dr)   s4 10.0.0.14 (tun)
 *
 *  a 10.9.0.1   b 10.9.0.2   c 10.9.0.3            the link between the directors
 * </pre>
 *
 * The virtual addresses and 10.2.0.1, the gateway of s1 and s2, are where the owner is.
 */
final class ClusterLab implements AutoCloseable {

    /** Served by s1 and s2. */
    static final String NAT = "10.0.0.100:80";

    /** Served by s3. */
    static final String DR = "10.0.0.101:80";

    /** Served by s4. */
    static final String TUN = "10.0.0.102:80";

    private static final List<String> VIPS = List.of("10.0.0.100", "10.0.0.101", "10.0.0.102");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Lab lab;
    private final Switch outside;
    private final Switch inside;
    private final Switch between;
    private final Host client;
    private final List<Member> members;

    private ClusterLab(Lab lab) {
        this.lab = lab;
        outside = lab.newSwitch("outside");
        inside = lab.newSwitch("inside");
        between = lab.newSwitch("between");
        client = lab.newHost("client");
        outside.plug(client, "eth0");
        client.address("eth0", "10.0.0.2/24");
        startServers();
        makeKeys(keys());
        members = IntStream.rangeClosed(1, NAMES.size()).mapToObj(this::member).toList();
    }

    /** Starts all of it, and returns when the directors are one cluster and every service answers. */
    static ClusterLab start() {
        var cluster = Lab.furnished(ClusterLab::new);
        try {
            cluster.members.forEach(member -> member.director().launch());
            cluster.members.forEach(member -> member.director().awaitReady());
            cluster.awaitWhole();
            cluster.addServices();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.members.forEach(member -> System.err.println(
                    "log of " + member + ":\n" + member.director().log()));
            cluster.close();
            throw e;
        }
    }

    Host client() {
        return client;
    }

    List<Member> members() {
        return members;
    }

    /** Who has the addresses, as all see it. */
    Member owner() {
        return await("one owner")
                .atMost(PATIENCE)
                .until(() -> members.stream().filter(this::isOwner).toList(), owners -> owners.size() == 1)
                .getFirst();
    }

    private boolean isOwner(Member member) {
        return member.director().isRunning()
                && member.name().equals(member.status().getString("owner"));
    }

    /** All but this one. */
    List<Member> othersThan(Member member) {
        return members.stream().filter(other -> !other.equals(member)).toList();
    }

    /** Parts a director from the others; clients and servers still reach it. */
    void part(Member member) {
        between.cut(member.host());
    }

    /** Parts a director from clients and servers; the other directors still reach it. */
    void cutOff(Member member) {
        outside.cut(member.host());
        inside.cut(member.host());
    }

    /** Undoes what tests do to the cluster, and waits until all see all and have the same services. */
    void heal() {
        for (var member : members) {
            List.of(outside, inside, between).forEach(network -> network.mend(member.host()));
            if (!member.director().isRunning()) {
                member.director().startAgain();
            }
        }
        awaitWhole();
    }

    /** Waits until all directors see each other and have the same services. */
    void awaitWhole() {
        awaitWritable();
        awaitSame();
    }

    /** Waits until all directors see each other and take changes. */
    void awaitWritable() {
        await("all directors see each other")
                .atMost(PATIENCE)
                .until(() -> members.stream().allMatch(member -> member.agreesWith(members.size())));
    }

    /** Waits until all directors have the same services. */
    void awaitSame() {
        await("all have the same services")
                .atMost(PATIENCE)
                .until(() -> members.stream().map(Member::rules).distinct().count() == 1);
    }

    /** The key file that all members have. */
    Path keys() {
        return lab.folder().resolve("cluster.p12");
    }

    /** Makes a key file as an operator does. */
    static void makeKeys(Path file) {
        var command =
                List.of(Product.source("dist/target/jlvs/bin/jlvs").toString(), "cluster", "keys", file.toString());
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Finished.of(builder, "").successful();
    }

    /** Gives a director a key file; it has a copy of its own. */
    void giveKeys(Host host, Path file) {
        try {
            Files.copy(
                    file,
                    host.folder().resolve("keys.p12"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directors' logs, for those who look for the reason of a failure. */
    String logs() {
        var logs = new StringBuilder();
        members.forEach(member -> logs.append("\nlog of ")
                .append(member)
                .append(":\n")
                .append(member.director().log()));
        return logs.toString();
    }

    @Override
    public void close() {
        lab.close();
    }

    private Member member(int number) {
        var name = NAMES.get(number - 1);
        var host = lab.newHost(name);
        outside.plug(host, "eth0");
        inside.plug(host, "eth1");
        between.plug(host, "eth2");
        host.address("eth0", "10.0.0.20" + number + "/24");
        host.address("eth1", "10.2.0.20" + number + "/24");
        host.address("eth2", "10.9.0." + number + "/24");
        giveKeys(host, keys());
        var pins = lab.pins().resolve(name);
        return new Member(name, host, Director.installedAt(host, pins, configuration(name, host)));
    }

    private static String configuration(String name, Host host) {
        return """
            cluster:
              name: %s
              members: {a: 10.9.0.1, b: 10.9.0.2, c: 10.9.0.3}
              keys: %s
              addresses:
                - 10.0.0.100/24 dev eth0
                - 10.0.0.101/24 dev eth0
                - 10.0.0.102/24 dev eth0
                - 10.2.0.1/24 dev eth1
            """.formatted(name, host.folder().resolve("keys.p12"));
    }

    private void startServers() {
        server("s1", inside, "10.2.0.11").host().route("default", "10.2.0.1");
        server("s2", inside, "10.2.0.12").host().route("default", "10.2.0.1");
        server("s3", outside, "10.0.0.13").setUp("dr", VIPS.get(1));
        server("s4", outside, "10.0.0.14").setUp("tun", VIPS.get(2));
    }

    private Server server(String name, Switch network, String address) {
        var host = lab.newHost(name);
        network.plug(host, "eth0");
        host.address("eth0", address + "/24");
        var server = new Server(name, host, address, "");
        server.start();
        return server;
    }

    private void addServices() {
        var first = members.getFirst();
        for (var service : List.of(NAT, DR, TUN)) {
            first.change("-A", "-t", service, "-s", "rr");
        }
        first.change("-a", "-t", NAT, "-r", "10.2.0.11:80", "-m");
        first.change("-a", "-t", NAT, "-r", "10.2.0.12:80", "-m");
        first.change("-a", "-t", DR, "-r", "10.0.0.13:80", "-g");
        first.change("-a", "-t", TUN, "-r", "10.0.0.14:80", "-i");
        awaitSame();
        for (var service : List.of(NAT, DR, TUN)) {
            await(service + " answers")
                    .atMost(PATIENCE)
                    .until(() -> client.attempt("curl", "-sf", "--max-time", "1", "http://" + service + "/who")
                                    .exit()
                            == 0);
        }
    }
}
