package io.jlvs.api.datapath;

/**
 * Counters of a service or a server since the data path began; they never fall.
 *
 * @param connections connections scheduled
 * @param inPackets packets from clients; 0 where the data path sees streams instead of packets (TCP in {@code user})
 * @param outPackets packets to clients; 0 likewise
 * @param inBytes bytes from clients: payload in {@code user}, IP total length in {@code ebpf}
 * @param outBytes bytes to clients, likewise
 */
public record Traffic(long connections, long inPackets, long outPackets, long inBytes, long outBytes) {

    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

    public Traffic plus(Traffic other) {
        return new Traffic(
                connections + other.connections,
                inPackets + other.inPackets,
                outPackets + other.outPackets,
                inBytes + other.inBytes,
                outBytes + other.outBytes);
    }

    public Traffic minus(Traffic other) {
        return new Traffic(
                connections - other.connections,
                inPackets - other.inPackets,
                outPackets - other.outPackets,
                inBytes - other.inBytes,
                outBytes - other.outBytes);
    }
}
