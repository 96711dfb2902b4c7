package io.jlvs.e2e.lab;

/** The players that all topologies have. */
final class Cast {

    private static final String DEVICE = "eth0";

    private Cast() {}

    static Host client(Lab lab, Switch network) {
        return plugged(lab, network, "client", "10.0.0.2", "fd00::2");
    }

    static Host director(Lab lab, Switch network) {
        var director = plugged(lab, network, "director", "10.0.0.1", "fd00::1");
        director.address(DEVICE, Topology.VIP + "/32");
        // deprecated, or the kernel prefers it as source of the director's own packets, such as tunnels
        director.run("ip", "address", "add", Topology.VIP6 + "/128", "dev", DEVICE, "preferred_lft", "0");
        return director;
    }

    /** A real server that serves nothing yet. */
    static Server server(Lab lab, Switch network, int number, String ipv4, String ipv6) {
        var name = "s" + number;
        return new Server(name, plugged(lab, network, name, ipv4, ipv6), ipv4, ipv6);
    }

    private static Host plugged(Lab lab, Switch network, String name, String ipv4, String ipv6) {
        var host = lab.newHost(name);
        network.plug(host, DEVICE);
        host.address(DEVICE, ipv4 + "/24");
        host.address(DEVICE, ipv6 + "/64");
        return host;
    }
}
