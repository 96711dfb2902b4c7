package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.U64;

import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.datapath.ebpf.Installed.Server;
import io.jlvs.datapath.ebpf.ServerLoads.Count;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what has expired, and puts right what the programs have counted wrong: an entry that the kernel drops from a full
 * table is not counted down by anybody. Used by one thread.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    /** A difference that stays is wrong; one that changes is traffic that went on during the sweep. */
    private static final int SAME_DRIFTS = 3;

    /** A removed server is remembered, and what it counted, for so many sweeps without a connection, as IPVS does. */
    private static final int IDLE_SWEEPS = 120;

    /** The same while room for servers is short. */
    private static final int IDLE_SWEEPS_IN_NEED = 5;

    private final BpfProgram sweep;
    private final Inventory inventory;
    private final ServerLoads loads;
    private final Map<Integer, Map<Count, Drift>> drifts = new HashMap<>();
    private final LatencyRecorder durations = new LatencyRecorder();
    private volatile Found found = new Found(0, 0);

    /**
     * What is left in the tables after a sweep.
     *
     * @param connections entries: a connection whose answers come this way has two
     */
    record Found(long connections, long templates) {

        private static final int CONTEXT = 40; // struct sweep: now, entries, ended, templates
        private static final int ENTRIES = 8;
        private static final int ENDED = 16;
        private static final int TEMPLATES = 24;

        static Found read(byte[] context) {
            var sweep = MemorySegment.ofArray(context);
            return new Found(sweep.get(U64, ENTRIES) - sweep.get(U64, ENDED), sweep.get(U64, TEMPLATES));
        }
    }

    /** How far a count was off, in how many sweeps running. */
    private record Drift(int difference, int times) {}

    Sweeper(BpfProgram sweep, Inventory inventory, ServerLoads loads) {
        this.sweep = sweep;
        this.inventory = inventory;
        this.loads = loads;
    }

    /** Goes over the tables once. */
    void sweep() {
        var began = System.nanoTime();
        inventory.servers().forEach(server -> loads.forgetCounted(server.number));
        found = Found.read(
                sweep.testRun(ProgramRun.call(new byte[Found.CONTEXT])).context());
        inventory.servers().forEach(this::putRight);
        drifts.keySet().removeIf(number -> inventory.server(number) == null);
        durations.recordSince(began);
    }

    /** What the last sweep has found. Any thread may ask. */
    Found found() {
        return found;
    }

    /** How long sweeps took. Any thread may ask. */
    LatencyHistogram durations() {
        return durations.histogram();
    }

    /** The removed servers that have had no connection for long. */
    List<Server> idle() {
        var enough = inventory.freeServers() < inventory.serversEnd() ? IDLE_SWEEPS_IN_NEED : IDLE_SWEEPS;
        return inventory.servers().stream()
                .filter(server -> !loads.isAvailable(server.number))
                .filter(server -> isIdleFor(enough, server))
                .toList();
    }

    private boolean isIdleFor(int sweeps, Server server) {
        server.idleSweeps = loads.isIdle(server.number) ? server.idleSweeps + 1 : 0;
        return server.idleSweeps >= sweeps;
    }

    private void putRight(Server server) {
        for (var count : Count.values()) {
            var difference = loads.drift(server.number, count);
            var before = drifts.getOrDefault(server.number, Map.of()).get(count);
            if (difference == 0) {
                forget(server, count);
                continue;
            }
            var times = before != null && before.difference() == difference ? before.times() + 1 : 1;
            drifts.computeIfAbsent(server.number, _ -> new EnumMap<>(Count.class))
                    .put(count, new Drift(difference, times));
            if (times >= SAME_DRIFTS) {
                LOG.debug("{} of {} was off by {}", count, server.id, difference);
                loads.subtract(server.number, count, difference);
                weigh(server);
                forget(server, count);
            }
        }
    }

    private void forget(Server server, Count count) {
        var ofServer = drifts.get(server.number);
        if (ofServer != null) {
            ofServer.remove(count);
        }
    }

    private void weigh(Server server) {
        var written = server.written;
        if (written != null) {
            loads.weigh(server.number, written.server().thresholds());
        }
    }
}
