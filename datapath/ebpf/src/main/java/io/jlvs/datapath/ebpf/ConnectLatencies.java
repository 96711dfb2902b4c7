package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.LATENCY;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.LatencyHistogram;
import java.lang.foreign.MemorySegment;

/** The map {@code connect_latencies} as memory that is shared with the programs. */
final class ConnectLatencies {

    private static final long SIZE = LATENCY.byteSize();
    private static final long COUNTS = offset(LATENCY, "counts");
    private static final long SUM = offset(LATENCY, "sum");

    private final MemorySegment memory;

    ConnectLatencies(MemorySegment memory) {
        this.memory = memory;
    }

    /** What the programs have counted until now, one counter a little later than another. */
    LatencyHistogram of(int server) {
        var counts = new long[LatencyHistogram.BUCKETS];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = memory.get(U64, server * SIZE + COUNTS + i * U64.byteSize());
        }
        return new LatencyHistogram(counts, memory.get(U64, server * SIZE + SUM));
    }

    void clear(int server) {
        memory.asSlice(server * SIZE, SIZE).fill((byte) 0);
    }
}
