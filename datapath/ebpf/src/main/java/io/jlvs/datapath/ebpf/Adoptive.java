package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.SYNCED_CONNECTION;
import static io.jlvs.datapath.ebpf.Layouts.SYNCED_TEMPLATE;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.Endpoint;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
import io.jlvs.api.datapath.Taken;
import io.jlvs.datapath.ebpf.Installed.Server;
import io.jlvs.datapath.ebpf.Installed.Service;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enters what other directors tell. Names become this director's numbers here; the program "adopt" compares with what is
 * in the tables and enters it, so that packets which come meanwhile are not lost sight of.
 */
final class Adoptive {

    /** {@code struct adopt}. */
    private static final int CONTEXT = 40;

    private static final int CONNECTIONS = 8;
    private static final int TEMPLATES = 12;
    private static final int TAKEN = 16;
    private static final int OLDER = 20;
    private static final int FULL = 24;

    private static final long FLOW = offset(SYNCED_CONNECTION, "flow");
    private static final long CONNECTION = offset(SYNCED_CONNECTION, "connection");
    private static final long TEMPLATE = offset(SYNCED_TEMPLATE, "template");

    private final Inventory inventory;
    private final ServerLoads loads;
    private final Modes modes;
    private final BpfProgram adopt;
    private final MemorySegment connections;
    private final MemorySegment templates;
    private int connectionCount;
    private int templateCount;

    Adoptive(Kernel kernel, Inventory inventory, ServerLoads loads) {
        this.inventory = inventory;
        this.loads = loads;
        this.modes = kernel.modes();
        this.adopt = kernel.pipeline().program("adopt");
        this.connections = kernel.map("taken_connections").mapped();
        this.templates = kernel.map("taken_templates").mapped();
    }

    /** Enters them, in as many runs of the program as they need. */
    synchronized Taken take(List<? extends SyncedEntry> entries) {
        var sum = Taken.NOTHING;
        var now = MonotonicClock.now();
        long unknown = 0;
        for (var entry : entries) {
            if (!write(entry, now)) {
                unknown++;
            } else if (isFull()) {
                sum = sum.plus(run());
            }
        }
        return sum.plus(run()).plus(new Taken(0, 0, unknown));
    }

    private boolean isFull() {
        return (connectionCount + 1) * SYNCED_CONNECTION.byteSize() > connections.byteSize()
                || (templateCount + 1) * SYNCED_TEMPLATE.byteSize() > templates.byteSize();
    }

    /** Whether it can be entered: no time is left of some, and of others not all is known here. */
    private boolean write(SyncedEntry entry, long now) {
        var service = inventory.service(entry.service());
        var server = service == null ? null : server(service, entry.server());
        if (service == null || server == null || !loads.isAvailable(server.number) || entry.isOver()) {
            return false;
        }
        return switch (entry) {
            case SyncedConnection connection -> write(connection, service, server, now);
            case SyncedTemplate template -> write(template, service, server, now);
        };
    }

    /** A server of a mark service may have no port: its packets keep theirs. */
    private static @Nullable Server server(Service service, Endpoint endpoint) {
        var exact = service.servers.get(endpoint);
        return exact == null ? service.servers.get(new Endpoint(endpoint.address(), 0)) : exact;
    }

    private boolean write(SyncedConnection connection, Service service, Server server, long now) {
        var mode = modes.numberOf(connection.mode());
        if (mode < 0) {
            return false;
        }
        var flow = connection.flow();
        var to = connections.asSlice(connectionCount++ * SYNCED_CONNECTION.byteSize(), SYNCED_CONNECTION.byteSize());
        new FlowKey(
                        flow.client(),
                        flow.virtual(),
                        flow.protocol().number(),
                        flow.client().family())
                .write(to, FLOW);
        ConnectionRecord.writeCopy(
                to.asSlice(CONNECTION, Layouts.CONNECTION), connection, server, service.number, mode, now);
        return true;
    }

    private boolean write(SyncedTemplate template, Service service, Server server, long now) {
        var written = service.written;
        var persistence = written == null ? null : written.persistence();
        if (persistence == null) {
            return false;
        }
        var to = templates.asSlice(templateCount++ * SYNCED_TEMPLATE.byteSize(), SYNCED_TEMPLATE.byteSize());
        TemplateRecord.writeCopy(
                to.asSlice(0, Layouts.TEMPLATE_KEY),
                to.asSlice(TEMPLATE, Layouts.TEMPLATE),
                template,
                persistence.mask(template.client()),
                service.number,
                server.number,
                now);
        return true;
    }

    private Taken run() {
        if (connectionCount + templateCount == 0) {
            return Taken.NOTHING;
        }
        var context = MemorySegment.ofArray(new byte[CONTEXT]);
        context.set(U32, CONNECTIONS, connectionCount);
        context.set(U32, TEMPLATES, templateCount);
        connectionCount = 0;
        templateCount = 0;
        var done = MemorySegment.ofArray(
                adopt.testRun(ProgramRun.call(context.toArray(Layouts.U8))).context());
        return new Taken(done.get(U32, TAKEN), done.get(U32, OLDER), done.get(U32, FULL));
    }
}
