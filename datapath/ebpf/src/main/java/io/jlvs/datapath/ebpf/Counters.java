package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.TRAFFIC;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.Traffic;
import io.jlvs.datapath.ebpf.libbpf.BpfBatch;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/** What the programs count, each processor for itself; read as sums. */
final class Counters {

    private static final long SLOT = (TRAFFIC.byteSize() + 7) / 8 * 8;
    private static final long CONNECTIONS = offset(TRAFFIC, "connections");
    private static final long IN_PACKETS = offset(TRAFFIC, "in_packets");
    private static final long OUT_PACKETS = offset(TRAFFIC, "out_packets");
    private static final long IN_BYTES = offset(TRAFFIC, "in_bytes");
    private static final long OUT_BYTES = offset(TRAFFIC, "out_bytes");

    private Counters() {}

    /**
     * The traffic of the first numbers.
     *
     * @param end numbers below this
     */
    static Traffic[] traffic(BpfMap map, int end) {
        try (var arena = Arena.ofConfined()) {
            long size = map.userValueSize();
            var values = arena.allocate(end * size, 8);
            BpfBatch.readFirst(map, end, values);
            var traffic = new Traffic[end];
            for (int i = 0; i < end; i++) {
                traffic[i] = sum(values.asSlice(i * size, size));
            }
            return traffic;
        }
    }

    /** What the programs have counted in the map {@code drops}. */
    static Map<Drop, Long> drops(BpfMap map) {
        try (var arena = Arena.ofConfined()) {
            var reasons = Drop.values();
            long size = map.userValueSize();
            var values = arena.allocate(reasons.length * size, 8);
            BpfBatch.readFirst(map, reasons.length, values);
            var drops = new EnumMap<Drop, Long>(Drop.class);
            for (int i = 0; i < reasons.length; i++) {
                drops.put(reasons[i], sum(values.asSlice(i * size, size), 0, U64.byteSize()));
            }
            return drops;
        }
    }

    private static Traffic sum(MemorySegment cpus) {
        return new Traffic(
                sum(cpus, CONNECTIONS, SLOT),
                sum(cpus, IN_PACKETS, SLOT),
                sum(cpus, OUT_PACKETS, SLOT),
                sum(cpus, IN_BYTES, SLOT),
                sum(cpus, OUT_BYTES, SLOT));
    }

    private static long sum(MemorySegment cpus, long field, long slot) {
        long sum = 0;
        for (long at = field; at < cpus.byteSize(); at += slot) {
            sum += cpus.get(U64, at);
        }
        return sum;
    }
}
