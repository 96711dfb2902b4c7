package io.jlvs.e2e.lab;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The director between client and servers, for masquerading.
 *
 * <pre>
 *  client 10.0.0.2 --- 10.0.0.1, VIP 10.0.0.100 director 10.2.0.1 ---+--- s1 10.2.0.11, fd00:2::11
 *         fd00::2      fd00::1       fd00::100           fd00:2::1   +--- s2 10.2.0.12, fd00:2::12
 *                      eth0                              eth1        +--- s3 10.2.0.13, fd00:2::13
 * </pre>
 *
 * The servers' default route is the director, which forwards nothing by itself. The client has no route to the servers.
 */
public record TwoArm(Lab lab, Host client, Host director, List<Server> servers) implements Topology {

    /** Builds it in a lab of its own. */
    public static TwoArm build() {
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
    public static TwoArm bare() {
        return Lab.furnished(TwoArm::in);
    }

    private static TwoArm in(Lab lab) {
        var outside = lab.newSwitch("outside");
        var inside = lab.newSwitch("inside");
        var client = Cast.client(lab, outside);
        var director = Cast.director(lab, outside);
        inside.plug(director, "eth1");
        director.address("eth1", "10.2.0.1/24");
        director.address("eth1", "fd00:2::1/64");
        var servers = IntStream.rangeClosed(1, SERVERS)
                .mapToObj(i -> Cast.server(lab, inside, i, "10.2.0.1" + i, "fd00:2::1" + i))
                .toList();
        for (var server : servers) {
            server.host().route("default", "10.2.0.1");
            server.host().route("default", "fd00:2::1");
        }
        return new TwoArm(lab, client, director, servers);
    }
}
