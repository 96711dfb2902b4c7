package io.jlvs.api.datapath;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Anything that forwards connections by a {@link ForwardingTable}. It asks {@link Upcalls} for what the table leaves
 * open and knows nothing of the control plane.
 */
public interface DataPath extends AutoCloseable {

    DataPathKind kind();

    /** Why this data path can't carry the service, as a sentence that names one that could; null when it can. */
    @Nullable
    String unsupported(VirtualService service);

    /** The same for a real server of a service that it can carry. */
    @Nullable
    String unsupported(VirtualService service, RealServer server);

    /**
     * Goes over to a new table. Connections that the new table would not make go on until they end. All or nothing: when
     * it throws, the table before still holds. May block; one call at a time.
     *
     * @throws DataPathException if a part of the table can't be had, such as an address to listen on
     */
    void apply(ForwardingTable table);

    /** The live connection counts of a server. Known or not, the same id gives the same object while it has any. */
    ServerLoad load(ServerId server);

    /**
     * How long a real server took to accept connections: to answer a SYN in the kernel, to accept a relay's connection in
     * {@code user}. Empty where its answers take another way than through the director.
     */
    default LatencyHistogram connectLatency(ServerId server) {
        return LatencyHistogram.EMPTY;
    }

    /** All counters now. Never touches forwarding. */
    TrafficSnapshot traffic();

    /**
     * How many places of a service's {@link io.jlvs.api.spi.Plan.Cycle} the data path has walked since it took it, those
     * that it stepped over included; 0 when it has none.
     */
    default long picks(ServiceKey service) {
        return 0;
    }

    /** Every connection and persistence template now, in no order. Empty where the data path keeps no list. */
    default List<TrackedConnection> connections() {
        return List.of();
    }

    /**
     * Tells from now on what is new or has changed among its own connections and templates, and all of them again now and
     * then, until the feed is closed. One feed at a time. No packet is the slower for it. A data path whose connections
     * can't go on elsewhere, as {@code user}, tells nothing.
     *
     * @param follower called from one thread of the data path's own with some entries at a time; while it blocks nothing is
     *     told, and nothing is lost
     */
    default ConnectionFeed follow(Consumer<List<SyncedEntry>> follower) {
        return ConnectionFeed.SILENT;
    }

    /**
     * Enters what another director has told. Such an entry is forwarded like any other and counts for its server, but
     * stays that director's until a packet of it comes here. It never replaces one that has seen packets since. May block
     * for some milliseconds; any thread.
     */
    default Taken take(List<? extends SyncedEntry> entries) {
        return new Taken(0, 0, entries.size());
    }

    /** Packets that were dropped since the data path began, by reason as a word; they never fall. Empty where it drops none. */
    default Map<String, Long> drops() {
        return Map.of();
    }

    /** How it does itself. */
    default DataPathFigures figures() {
        return DataPathFigures.NONE;
    }

    /** What its operator may want to know, as short texts by name: for example the interfaces that it listens on. */
    default SequencedMap<String, String> details() {
        return new LinkedHashMap<>();
    }

    /** The timeouts in force: those used last, by an engine before this one too where the data path outlives engines. */
    default Timeouts timeouts() {
        return Timeouts.DEFAULTS;
    }

    /** Takes the timeouts of {@code ipvsadm --set}. */
    default void use(Timeouts timeouts) {}

    /** The settings in force: those used last. */
    default Sysctls sysctls() {
        return Sysctls.DEFAULTS;
    }

    /** Takes the settings of {@code jlvs sysctl}; at once, for connections that are there too. */
    default void use(Sysctls sysctls) {}

    /**
     * Ends all connections and takes away what would go on without the engine. {@link #close} comes after it.
     */
    default void flush() {}

    /** Frees what the engine holds. A data path in the kernel goes on forwarding, one in user space ends all. */
    @Override
    void close();
}
