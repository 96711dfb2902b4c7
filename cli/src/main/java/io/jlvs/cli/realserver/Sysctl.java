package io.jlvs.cli.realserver;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kernel parameter of an IPv4 interface and what it has to be.
 *
 * @param device an interface, or {@code all}
 */
record Sysctl(String device, String name, String value, String why) {

    private static final String ALL = "all";
    private static final String ARP =
            "Nobody but the director may answer for the virtual address in the network, or be known by it.";
    private static final String RETURN_PATH =
            "What comes out of a tunnel has a client's address, to which another way may lead: that must not count as forged.";

    /** All that a request needs; IPv6 needs none: it answers only for addresses of the interface that was asked. */
    static List<Sysctl> of(Request request) {
        if (request.vips().stream().noneMatch(Vip::isIpv4)) {
            return List.of();
        }
        var devices = List.of(ALL, request.device());
        var arp = devices.stream()
                .flatMap(device -> Stream.of(
                        new Sysctl(device, "arp_ignore", "1", ARP), new Sysctl(device, "arp_announce", "2", ARP)));
        var tunnel = devices.stream().filter(_ -> request.mode() == Mode.TUN).map(Sysctl::withoutReturnPath);
        return Stream.concat(arp, tunnel).toList();
    }

    static Sysctl withoutReturnPath(String device) {
        return new Sysctl(device, "rp_filter", "0", RETURN_PATH);
    }

    Path path() {
        return Path.of("/proc/sys/net/ipv4/conf", device, name);
    }

    Step set() {
        return new Step(why, "echo " + value + " >" + path());
    }
}
