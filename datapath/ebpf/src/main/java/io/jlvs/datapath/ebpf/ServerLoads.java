package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.SERVER_LOAD;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.Thresholds;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The map {@code server_loads} as memory that is shared with the programs: reads and writes are no system calls. Number 0
 * is nobody's and stays zero.
 */
final class ServerLoads {

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();
    private static final long SIZE = SERVER_LOAD.byteSize();
    private static final long ACTIVE = offset(SERVER_LOAD, "active");
    private static final long INACTIVE = offset(SERVER_LOAD, "inactive");
    private static final long PERSISTENT = offset(SERVER_LOAD, "persistent");
    private static final long OVERLOADED = offset(SERVER_LOAD, "overloaded");
    private static final long AVAILABLE = offset(SERVER_LOAD, "available");

    /** A count that the programs keep, and beside it what the last sweep has found. */
    enum Count {
        ACTIVE("active"),
        INACTIVE("inactive"),
        PERSISTENT("persistent");

        private final long kept;
        private final long counted;

        Count(String field) {
            this.kept = offset(SERVER_LOAD, field);
            this.counted = offset(SERVER_LOAD, "counted_" + field);
        }
    }

    private final MemorySegment memory;

    ServerLoads(MemorySegment memory) {
        this.memory = memory;
    }

    int active(int server) {
        return Math.max(0, get(server, ACTIVE));
    }

    int inactive(int server) {
        return Math.max(0, get(server, INACTIVE));
    }

    int persistent(int server) {
        return Math.max(0, get(server, PERSISTENT));
    }

    boolean isAvailable(int server) {
        return get(server, AVAILABLE) != 0;
    }

    void setAvailable(int server, boolean available) {
        set(server, AVAILABLE, available ? 1 : 0);
    }

    /** Lets it have new connections, until they reach its upper threshold. */
    void open(int server) {
        set(server, OVERLOADED, 0);
    }

    /** Looks at the thresholds again. */
    void weigh(int server, Thresholds thresholds) {
        var before = get(server, OVERLOADED) != 0;
        var now = thresholds.overloaded(active(server) + inactive(server), before);
        if (now != before) {
            set(server, OVERLOADED, now ? 1 : 0);
        }
    }

    /** Whether neither the programs nor the last sweep know a connection or template of this server. */
    boolean isIdle(int server) {
        for (var count : Count.values()) {
            if (get(server, count.kept) != 0 || get(server, count.counted) != 0) {
                return false;
            }
        }
        return true;
    }

    /** By how much a count is above what the last sweep has found. */
    int drift(int server, Count count) {
        return get(server, count.kept) - get(server, count.counted);
    }

    /** Takes so much off a count, while the programs go on counting. */
    void subtract(int server, Count count, int drift) {
        WORD.getAndAdd(memory, at(server, count.kept), -drift);
    }

    /** Before a sweep, which counts from zero. */
    void forgetCounted(int server) {
        for (var count : Count.values()) {
            set(server, count.counted, 0);
        }
    }

    void clear(int server) {
        memory.asSlice(at(server, 0), SIZE).fill((byte) 0);
    }

    private int get(int server, long field) {
        return (int) WORD.getVolatile(memory, at(server, field));
    }

    private void set(int server, long field, int value) {
        WORD.setVolatile(memory, at(server, field), value);
    }

    private static long at(int server, long field) {
        return server * SIZE + field;
    }
}
