package io.jlvs.e2e.lab;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Everybody at one switch, for direct routing and tunnels.
 *
 * <pre>
 *  client 10.0.0.2 ---+--- director 10.0.0.1, VIP 10.0.0.100
 *         fd00::2     |             fd00::1       fd00::100
 *                     +--- s1 10.0.0.11, fd00::11   s2 ..12   s3 ..13
 * </pre>
 *
 * All interfaces are {@code eth0}. The servers do not know the virtual address before they are told.
 */
public record OneArm(Lab lab, Host client, Host director, List<Server> servers) implements Topology {

    /** Builds it in a lab of its own. */
    public static OneArm build() {
        var topology = bare();
        try {
            topology.servers().forEach(Server::start);
        } catch (RuntimeException | Error e) {
            topology.close();
            throw e;
        }
        return topology;
    }

    /** Builds it with servers that serve nothing yet. */
    public static OneArm bare() {
        return Lab.furnished(OneArm::in);
    }

    private static OneArm in(Lab lab) {
        var network = lab.newSwitch("switch");
        var client = Cast.client(lab, network);
        var director = Cast.director(lab, network);
        var servers = IntStream.rangeClosed(1, SERVERS)
                .mapToObj(i -> Cast.server(lab, network, i, "10.0.0.1" + i, "fd00::1" + i))
                .toList();
        return new OneArm(lab, client, director, servers);
    }

    /** Gives the servers the virtual addresses, at {@code lo} and without a word about it in the network. */
    public void shareVip() {
        for (var server : servers) {
            server.host().sysctl("net.ipv4.conf.all.arp_ignore", "1");
            server.host().sysctl("net.ipv4.conf.all.arp_announce", "2");
            server.host().address("lo", VIP + "/32");
            server.host().address("lo", VIP6 + "/128");
        }
    }
}
