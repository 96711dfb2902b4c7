package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.CONNECTION;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.TrackedConnection;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code struct connection}. */
final class ConnectionRecord {

    private static final int REPLY = 0x1;
    private static final int HAS_REPLY = 0x2;
    private static final int CONTROLLED = 0x4;
    private static final int LOCAL = 0x8;
    private static final int FRESH = 0x10;
    private static final int TOLD = 0x20;
    private static final int COPY = 0x40;

    private static final long OUT = offset(CONNECTION, "out");
    private static final long STARTED = offset(CONNECTION, "started");
    private static final long LAST_SEEN = offset(CONNECTION, "last_seen");
    private static final long TIMEOUT = offset(CONNECTION, "timeout");
    private static final long SERVICE = offset(CONNECTION, "service");
    private static final long SERVER = offset(CONNECTION, "server");
    private static final long STATE = offset(CONNECTION, "state");
    private static final long FLAGS = offset(CONNECTION, "flags");
    private static final long MODE = offset(CONNECTION, "mode");
    private static final long CONNECT = offset(CONNECTION, "connect");

    private ConnectionRecord() {}

    /**
     * A connection that has yet to begin: its first packet counts it.
     *
     * @param started its number, too
     */
    static void write(
            MemorySegment to, FlowKey flow, Installed.Service service, Installed.Server server, long started) {
        var written = service.written;
        var persistent = written != null && written.persistence() != null;
        to.fill((byte) 0);
        flow.towards(server.id.server()).write(to, OUT);
        to.set(U64, STARTED, started);
        to.set(U64, LAST_SEEN, started);
        to.set(U32, SERVICE, service.number);
        to.set(U32, SERVER, server.number);
        to.set(U32, FLAGS, FRESH | (persistent ? CONTROLLED : 0));
        to.set(U32, MODE, server.mode());
    }

    /** A connection of another director's, which a packet makes this one's. */
    static void writeCopy(
            MemorySegment to, SyncedConnection connection, Installed.Server server, int service, int mode, long now) {
        var written = server.written;
        var local =
                written != null && written.source().equals(connection.server().address());
        var flow = connection.flow();
        to.fill((byte) 0);
        new FlowKey(
                        connection.source(),
                        connection.server(),
                        flow.protocol().number(),
                        connection.server().family())
                .write(to, OUT);
        to.set(U64, STARTED, now - connection.age().toNanos());
        to.set(U64, LAST_SEEN, now - connection.silent().toNanos());
        to.set(U64, TIMEOUT, connection.timeout().toNanos());
        to.set(U32, SERVICE, service);
        to.set(U32, SERVER, server.number);
        to.set(U32, STATE, ConnectionState.first(flow.protocol()) + connection.state());
        to.set(U32, FLAGS, COPY | TOLD | (connection.returns() ? HAS_REPLY : 0) | (local ? LOCAL : 0));
        to.set(U32, MODE, mode);
        to.set(U32, CONNECT, 1); // as if its server had answered: what that took was counted elsewhere
    }

    /** Whether other directors are to know of it at all: as is_to_be_told in gather.h has it. */
    static boolean isToBeTold(MemorySegment from, boolean templatesOnly, long now) {
        int flags = from.get(U32, FLAGS);
        return (flags & (REPLY | FRESH)) == 0
                && !(templatesOnly && (flags & CONTROLLED) != 0)
                && now <= from.get(U64, LAST_SEEN) + from.get(U64, TIMEOUT)
                && ConnectionState.of(from.get(U32, STATE)).isWorthTelling();
    }

    /** What other directors are told; null when its service, server or mode is gone. */
    static @Nullable SyncedConnection readSynced(
            FlowKey flow, MemorySegment from, Inventory inventory, Modes modes, long now) {
        var service = inventory.service(from.get(U32, SERVICE));
        var mode = modes.nameOf(from.get(U32, MODE));
        if (service == null || mode == null) {
            return null;
        }
        var out = FlowKey.read(from, OUT);
        var asClientSeesIt = flow.toFlow();
        return new SyncedConnection(
                service.key,
                asClientSeesIt,
                out.source(),
                out.destination(),
                mode,
                from.get(U32, STATE) - ConnectionState.first(asClientSeesIt.protocol()),
                (from.get(U32, FLAGS) & HAS_REPLY) != 0,
                passed(now, from.get(U64, LAST_SEEN)),
                SyncedEntry.timeout(from.get(U64, TIMEOUT)),
                passed(now, from.get(U64, STARTED)));
    }

    private static Duration passed(long now, long since) {
        return Duration.ofNanos(Math.max(0, now - since));
    }

    /** Whether this is the way back of another entry. */
    static boolean isReply(MemorySegment from) {
        return (from.get(U32, FLAGS) & REPLY) != 0;
    }

    static int mode(MemorySegment from) {
        return from.get(U32, MODE);
    }

    /** A line of the connection table. */
    static TrackedConnection read(FlowKey flow, MemorySegment from, long now) {
        var state = ConnectionState.of(from.get(U32, STATE));
        return new TrackedConnection(
                FlowKey.protocolOf(flow.protocol()),
                state.word(),
                flow.source(),
                flow.destination(),
                FlowKey.read(from, OUT).destination(),
                Duration.ofNanos(from.get(U64, LAST_SEEN) + from.get(U64, TIMEOUT) - now));
    }
}
