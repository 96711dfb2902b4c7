package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.CONNECTION;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.TrackedConnection;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** {@code struct connection}. */
final class ConnectionRecord {

    private static final int REPLY = 0x1;
    private static final int CONTROLLED = 0x4;
    private static final int FRESH = 0x10;

    private static final long OUT = offset(CONNECTION, "out");
    private static final long STARTED = offset(CONNECTION, "started");
    private static final long LAST_SEEN = offset(CONNECTION, "last_seen");
    private static final long TIMEOUT = offset(CONNECTION, "timeout");
    private static final long SERVICE = offset(CONNECTION, "service");
    private static final long SERVER = offset(CONNECTION, "server");
    private static final long STATE = offset(CONNECTION, "state");
    private static final long FLAGS = offset(CONNECTION, "flags");
    private static final long MODE = offset(CONNECTION, "mode");

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
