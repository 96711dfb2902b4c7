package io.jlvs.datapath.ebpf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the kernel path works.
 *
 * @param interfaces names of the interfaces whose packets are balanced; those that come later too. Empty: all of them.
 *     {@code lo} always is one
 * @param pins folder on a bpffs in which the maps outlive the engine
 * @param xdp whether packets of established connections are taken in the driver where it has native XDP
 * @param maxConnections entries of the connection table, 1..67108864; a connection of nat takes two
 * @param maxServices virtual services, those whose connections have not ended yet included
 * @param maxServers real servers of all services, likewise
 * @param events whether connections are told as events
 * @param localClients whether the director may be a client of its own services: its interfaces then accept packets from
 *     its own addresses (sysctl {@code accept_local})
 * @param modes what each forwarding mode is told, by its name: keys with their values
 */
public record EbpfOptions(
        List<String> interfaces,
        Path pins,
        boolean xdp,
        int maxConnections,
        int maxServices,
        int maxServers,
        boolean events,
        boolean localClients,
        Map<String, Map<String, List<String>>> modes) {

    /** All interfaces, a million connections, events told. */
    public static final EbpfOptions DEFAULTS =
            new EbpfOptions(List.of(), Path.of("/sys/fs/bpf/jlvs"), false, 1048576, 16384, 65536, true, true, Map.of());

    public EbpfOptions {
        interfaces = List.copyOf(interfaces);
        modes = Map.copyOf(modes);
    }
}
