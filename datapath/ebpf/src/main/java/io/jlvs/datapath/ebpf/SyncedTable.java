package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The tables in the words of directors. */
final class SyncedTable {

    private static final int AT_ONCE = 4096;

    private final BpfMap connections;
    private final BpfMap templates;
    private final Modes modes;
    private final Inventory inventory;
    private final Settings settings;

    SyncedTable(Kernel kernel, Inventory inventory, Settings settings) {
        this.connections = kernel.map("connections");
        this.templates = kernel.map("templates");
        this.modes = kernel.modes();
        this.inventory = inventory;
        this.settings = settings;
    }

    /**
     * Tells all that lives, copies of other directors' included, in pieces. Templates first: who has them picks no other
     * server for a client whose connection it has not heard of yet.
     */
    void everything(Consumer<List<SyncedEntry>> follower) {
        var now = MonotonicClock.now();
        var piece = new ArrayList<SyncedEntry>();
        templates.forEach(AT_ONCE, (key, value) -> {
            if (TemplateRecord.isToBeTold(key, value, now)) {
                add(piece, key, value, now);
                tellIfLong(piece, follower);
            }
        });
        var templatesOnly = settings.sysctls().isOn(Sysctl.SYNC_PERSIST_MODE);
        connections.forEach(AT_ONCE, (key, value) -> {
            if (ConnectionRecord.isToBeTold(value, templatesOnly, now)) {
                add(piece, FlowKey.read(key, 0), value, now);
                tellIfLong(piece, follower);
            }
        });
        follower.accept(List.copyOf(piece));
    }

    private static void tellIfLong(List<SyncedEntry> piece, Consumer<List<SyncedEntry>> follower) {
        if (piece.size() >= AT_ONCE) {
            follower.accept(List.copyOf(piece));
            piece.clear();
        }
    }

    /** Adds a template unless its service or server is gone. */
    void add(List<SyncedEntry> to, MemorySegment key, MemorySegment value, long now) {
        var template = TemplateRecord.readSynced(key, value, inventory, now);
        if (template != null) {
            to.add(template);
        }
    }

    /** Adds a connection unless its service, server or mode is gone. */
    void add(List<SyncedEntry> to, FlowKey flow, MemorySegment value, long now) {
        var connection = ConnectionRecord.readSynced(flow, value, inventory, modes, now);
        if (connection != null) {
            to.add(connection);
        }
    }
}
