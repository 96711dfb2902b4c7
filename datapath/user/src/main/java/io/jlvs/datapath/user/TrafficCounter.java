package io.jlvs.datapath.user;

import io.jlvs.api.datapath.Traffic;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a service or a server. */
class TrafficCounter {

    private final LongAdder connections = new LongAdder();
    private final LongAdder inPackets = new LongAdder();
    private final LongAdder outPackets = new LongAdder();
    private final LongAdder inBytes = new LongAdder();
    private final LongAdder outBytes = new LongAdder();

    final void connection() {
        connections.increment();
    }

    final void bytes(Direction direction, long count) {
        (direction == Direction.IN ? inBytes : outBytes).add(count);
    }

    final void packet(Direction direction, long bytes) {
        (direction == Direction.IN ? inPackets : outPackets).increment();
        bytes(direction, bytes);
    }

    final Traffic traffic() {
        return new Traffic(connections.sum(), inPackets.sum(), outPackets.sum(), inBytes.sum(), outBytes.sum());
    }
}
