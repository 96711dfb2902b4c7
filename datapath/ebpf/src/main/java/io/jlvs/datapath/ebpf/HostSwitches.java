package io.jlvs.datapath.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The switches of the director's network (sysctl) that the kernel path needs on. They belong to the network namespace and
 * stay as they are when the engine ends.
 */
final class HostSwitches {

    private static final Path SYSCTLS = Path.of("/proc/sys/net");

    private HostSwitches() {}

    /**
     * Lets programs look up routes as for packets of the loopback interface, whatever the others forward.
     *
     * @throws UncheckedIOException if a switch is off and can't be turned on
     */
    static void letRoutesBeLookedUp() {
        turnOn("ipv4/conf/lo/forwarding");
        turnOn("ipv6/conf/lo/forwarding");
    }

    /**
     * Lets answers in on an interface that come from a VIP, one of the director's own addresses: those to its own clients
     * do once they are translated. IPv6 does not mind.
     *
     * @throws UncheckedIOException if the switch is off and can't be turned on
     */
    static void acceptAnswersOfVips(String device) {
        turnOn("ipv4/conf/" + device + "/accept_local");
    }

    private static void turnOn(String name) {
        var sysctl = SYSCTLS.resolve(name);
        try {
            if (Files.exists(sysctl) && !Files.readString(sysctl).strip().equals("1")) {
                Files.writeString(sysctl, "1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't set " + sysctl + " to 1, which the ebpf data path needs", e);
        }
    }
}
