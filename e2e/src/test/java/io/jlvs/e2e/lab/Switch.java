package io.jlvs.e2e.lab;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/** A learning switch that hosts are plugged into. */
public final class Switch {

    private static final String BRIDGE = "jlvs";

    private final Host host;
    private final Map<Host, String> portOf = new HashMap<>();
    private int ports;

    Switch(Host host) {
        this.host = host;
        host.run("ip", "link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
        host.run("ip", "link", "set", BRIDGE, "up");
    }

    /** Plugs in a host, by a new interface of this name. */
    public Switch plug(Host other, String device) {
        var port = "port" + ++ports;
        Link.between(host, port, other, device);
        portOf.put(other, port);
        mend(other);
        return this;
    }

    /** Lets nothing pass to a host and from it; its interface does not notice. */
    public void cut(Host other) {
        host.run("ip", "link", "set", port(other), "nomaster");
    }

    /** Undoes {@link #cut}. */
    public void mend(Host other) {
        host.run("ip", "link", "set", port(other), "master", BRIDGE);
    }

    private String port(Host other) {
        return requireNonNull(portOf.get(other), "it was plugged in");
    }

    /** Sets the largest packet that it and its ports take, in bytes; the hosts' own ends stay as they are. */
    public void mtu(int bytes) {
        for (int port = 1; port <= ports; port++) {
            host.mtu("port" + port, bytes);
        }
        host.mtu(BRIDGE, bytes);
    }
}
