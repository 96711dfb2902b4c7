package io.jlvs.datapath.ebpf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Stub until the data path is merged. */
public record EbpfOptions(
        List<String> interfaces,
        Path pins,
        boolean xdp,
        int maxConnections,
        int maxServices,
        int maxServers,
        boolean expireNodestConn,
        boolean events,
        Map<String, Map<String, List<String>>> modes) {

    public static final EbpfOptions DEFAULTS = new EbpfOptions(
            List.of(), Path.of("/sys/fs/bpf/jlvs"), false, 1048576, 16384, 65536, false, true, Map.of());
}
