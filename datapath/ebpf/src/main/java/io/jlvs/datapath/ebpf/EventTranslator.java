package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.EVENT;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U64;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Makes events of what the programs tell in the ring {@code events}. */
final class EventTranslator {

    private static final int SCHEDULED = 0;
    private static final int OPENED = 1;
    private static final int CLOSED = 2;
    private static final int REFUSED = 3;

    private static final long TYPE = offset(EVENT, "type");
    private static final long CAUSE = offset(EVENT, "cause");
    private static final long AT = offset(EVENT, "at");
    private static final long STARTED = offset(EVENT, "started");
    private static final long IN_BYTES = offset(EVENT, "in_bytes");
    private static final long OUT_BYTES = offset(EVENT, "out_bytes");
    private static final long SERVICE = offset(EVENT, "service");
    private static final long SERVER = offset(EVENT, "server");
    private static final long FLOW = offset(EVENT, "flow");
    private static final long CONNECT = offset(EVENT, "connect");
    private static final long PERSISTENT = offset(EVENT, "persistent");

    private final Inventory inventory;
    private final Asked asked;

    EventTranslator(Inventory inventory, Asked asked) {
        this.inventory = inventory;
        this.asked = asked;
    }

    /** The event of a sample; null when its service or server is gone, or when it was told already. */
    @Nullable
    ConnectionEvent translate(MemorySegment sample) {
        var service = inventory.service(sample.get(U32, SERVICE));
        if (service == null) {
            return null;
        }
        return sample.get(U32, TYPE) == REFUSED ? refused(sample, service) : ofServer(sample, service);
    }

    private @Nullable ConnectionEvent ofServer(MemorySegment sample, Installed.Service service) {
        var server = inventory.server(sample.get(U32, SERVER));
        if (server == null) {
            return null;
        }
        return switch (sample.get(U32, TYPE)) {
            case SCHEDULED -> asked.wasTold(sample.get(U64, STARTED)) ? null : scheduled(sample, service, server);
            case OPENED -> opened(sample, service, server);
            case CLOSED -> closed(sample, service, server);
            default -> null;
        };
    }

    private static ConnectionEvent refused(MemorySegment sample, Installed.Service service) {
        return new ConnectionRefused(
                at(sample),
                sample.get(U64, STARTED),
                service.key,
                FlowKey.read(sample, FLOW).toFlow(),
                RefusalReason.NO_SERVER);
    }

    private static ConnectionEvent scheduled(MemorySegment sample, Installed.Service service, Installed.Server server) {
        var written = service.written;
        return new ConnectionScheduled(
                at(sample),
                sample.get(U64, STARTED),
                service.key,
                FlowKey.read(sample, FLOW).toFlow(),
                server.id.server(),
                written == null ? "" : written.scheduler(),
                sample.get(U64, PERSISTENT) == 0
                        ? ConnectionScheduled.How.SCHEDULER
                        : ConnectionScheduled.How.PERSISTENCE,
                0);
    }

    private static ConnectionEvent opened(MemorySegment sample, Installed.Service service, Installed.Server server) {
        return new ConnectionOpened(
                at(sample),
                sample.get(U64, STARTED),
                service.key,
                FlowKey.read(sample, FLOW).toFlow(),
                server.id.server(),
                sample.get(U64, CONNECT));
    }

    private static ConnectionEvent closed(MemorySegment sample, Installed.Service service, Installed.Server server) {
        var started = sample.get(U64, STARTED);
        return new ConnectionClosed(
                at(sample),
                started,
                service.key,
                FlowKey.read(sample, FLOW).toFlow(),
                server.id.server(),
                sample.get(U64, IN_BYTES),
                sample.get(U64, OUT_BYTES),
                sample.get(U64, AT) - started,
                cause(sample.get(U32, CAUSE)));
    }

    /** {@code enum close_cause}. A connection that was replaced had been over for both sides. */
    private static ConnectionClosed.Cause cause(int cause) {
        return switch (cause) {
            case 1 -> ConnectionClosed.Cause.CLIENT_RESET;
            case 2 -> ConnectionClosed.Cause.SERVER_RESET;
            case 3 -> ConnectionClosed.Cause.IDLE;
            default -> ConnectionClosed.Cause.FINISHED;
        };
    }

    private static long at(MemorySegment sample) {
        return MonotonicClock.toWallMillis(sample.get(U64, AT));
    }
}
