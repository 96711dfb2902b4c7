package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The connections and templates that the programs keep. */
final class ConnectionTable {

    private static final int AT_ONCE = 4096;

    private final BpfMap connections;
    private final BpfMap templates;
    private final Inventory inventory;

    ConnectionTable(Pipeline pipeline, Inventory inventory) {
        this.connections = pipeline.map("connections");
        this.templates = pipeline.map("templates");
        this.inventory = inventory;
    }

    /** All that have not expired, those that lead back to clients left out. */
    List<TrackedConnection> list() {
        var all = new ArrayList<TrackedConnection>();
        var now = MonotonicClock.now();
        connections.forEach(AT_ONCE, (key, value) -> {
            if (!ConnectionRecord.isReply(value)) {
                var connection = ConnectionRecord.read(FlowKey.read(key, 0), value, now);
                if (!connection.expires().isNegative()) {
                    all.add(connection);
                }
            }
        });
        templates.forEach(AT_ONCE, (key, value) -> {
            var template = TemplateRecord.read(key, value, inventory, now);
            if (template != null) {
                all.add(template);
            }
        });
        return all;
    }

    /** The numbers of the modes that connections are forwarded by. */
    BitSet modes() {
        var modes = new BitSet();
        connections.forEach(AT_ONCE, (_, value) -> modes.set(ConnectionRecord.mode(value)));
        return modes;
    }

    /** Enters a connection that has yet to begin, unless the flow has one. */
    void enter(FlowKey flow, Installed.Service service, Installed.Server server, long started) {
        try (var arena = Arena.ofConfined()) {
            var key = arena.allocate(Layouts.FLOW_KEY);
            var value = arena.allocate(Layouts.CONNECTION);
            flow.write(key, 0);
            ConnectionRecord.write(value, flow, service, server, started);
            connections.updateIfAbsent(key, value);
        }
    }
}
