package io.jlvs.e2e.lab;

/** A cable between two hosts: a pair of virtual interfaces, of MTU 1500. */
public final class Link {

    private Link() {}

    /** Connects two hosts by new interfaces of these names. */
    public static void between(Host one, String device, Host other, String otherDevice) {
        one.run("ip", "link", "add", device, "type", "veth", "peer", "name", otherDevice, "netns", other.namespace());
        one.run("ip", "link", "set", device, "up");
        other.run("ip", "link", "set", otherDevice, "up");
    }
}
