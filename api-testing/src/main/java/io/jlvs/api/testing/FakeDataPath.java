package io.jlvs.api.testing;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.DataPathFigures;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A data path that forwards nothing: it carries whatever it is given, remembers the tables, and shows the loads and
 * counters that a test sets. Safe for use by several threads.
 */
public final class FakeDataPath implements DataPath {

    private final DataPathKind kind;
    private final List<ForwardingTable> tables = new CopyOnWriteArrayList<>();
    private final Map<ServerId, FakeLoad> loads = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Traffic> services = new ConcurrentHashMap<>();
    private final Map<String, Long> drops = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Long> picks = new ConcurrentHashMap<>();
    private final Map<ServerId, LatencyRecorder> latencies = new ConcurrentHashMap<>();
    private final Map<ServerId, Traffic> servers = new ConcurrentHashMap<>();
    private volatile @Nullable DataPathException failure;
    private volatile Sysctls sysctls = Sysctls.DEFAULTS;
    private volatile Predicate<ForwardingTable> refused = _ -> true;
    private volatile List<TrackedConnection> connections = List.of();
    private volatile Timeouts timeouts = Timeouts.DEFAULTS;
    private volatile DataPathFigures figures = DataPathFigures.NONE;
    private volatile boolean closed;

    /** A fake of the {@code user} data path. */
    public FakeDataPath() {
        this(DataPathKind.USER);
    }

    public FakeDataPath(DataPathKind kind) {
        this.kind = kind;
    }

    /** Lets every {@link #apply} throw this from now on; null lets them succeed again. */
    public void failWith(@Nullable DataPathException next) {
        failWith(next, _ -> true);
    }

    /** Lets {@link #apply} throw this from now on for some tables. */
    public void failWith(@Nullable DataPathException next, Predicate<ForwardingTable> some) {
        refused = some;
        failure = next;
    }

    /** Sets what {@link #load} shows of a server. */
    public void setLoad(ServerId server, int active, int inactive) {
        loadOf(server).set(active, inactive);
    }

    /** Sets how many persistence templates {@link #load} shows of a server. */
    public void setPersistent(ServerId server, int templates) {
        loadOf(server).persistent = templates;
    }

    /** Sets the connection table. */
    public void setConnections(List<TrackedConnection> all) {
        connections = List.copyOf(all);
    }

    /** Sets how many packets were dropped for a reason. */
    public void setDrops(String reason, long packets) {
        drops.put(reason, packets);
    }

    /** Counts a connection that a server took so long to accept. */
    public void recordConnect(ServerId server, long nanos) {
        latencies.computeIfAbsent(server, _ -> new LatencyRecorder()).record(nanos);
    }

    /** Sets what {@link #figures} tells. */
    public void setFigures(DataPathFigures next) {
        figures = next;
    }

    /** Sets how far the cycle of a service was walked. */
    public void setPicks(ServiceKey service, long places) {
        picks.put(service, places);
    }

    /** Sets the counters of a service. */
    public void setTraffic(ServiceKey service, Traffic traffic) {
        services.put(service, traffic);
    }

    /** Sets the counters of a server. */
    public void setTraffic(ServerId server, Traffic traffic) {
        servers.put(server, traffic);
    }

    /** Drops the counters of a server, as a data path does when it is gone and its last connection has ended. */
    public void forget(ServerId server) {
        servers.remove(server);
    }

    /** Every table taken so far, the oldest first. */
    public List<ForwardingTable> tables() {
        return List.copyOf(tables);
    }

    /**
     * The table in force.
     *
     * @throws java.util.NoSuchElementException if none was ever applied
     */
    public ForwardingTable table() {
        return tables.getLast();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public DataPathKind kind() {
        return kind;
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        return null;
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return null;
    }

    @Override
    public void apply(ForwardingTable table) {
        var thrown = failure;
        if (thrown != null && refused.test(table)) {
            throw thrown;
        }
        tables.add(table);
    }

    @Override
    public Sysctls sysctls() {
        return sysctls;
    }

    @Override
    public void use(Sysctls wanted) {
        sysctls = wanted;
    }

    @Override
    public ServerLoad load(ServerId server) {
        return loadOf(server);
    }

    @Override
    public TrafficSnapshot traffic() {
        return new TrafficSnapshot(services, servers);
    }

    @Override
    public long picks(ServiceKey service) {
        return picks.getOrDefault(service, 0L);
    }

    @Override
    public List<TrackedConnection> connections() {
        return connections;
    }

    @Override
    public Map<String, Long> drops() {
        return Map.copyOf(drops);
    }

    @Override
    public LatencyHistogram connectLatency(ServerId server) {
        var recorder = latencies.get(server);
        return recorder == null ? LatencyHistogram.EMPTY : recorder.histogram();
    }

    @Override
    public DataPathFigures figures() {
        return figures;
    }

    @Override
    public Timeouts timeouts() {
        return timeouts;
    }

    @Override
    public void use(Timeouts next) {
        timeouts = next;
    }

    @Override
    public void close() {
        closed = true;
    }

    private FakeLoad loadOf(ServerId server) {
        return loads.computeIfAbsent(server, _ -> new FakeLoad());
    }

    private static final class FakeLoad implements ServerLoad {

        private volatile int active;
        private volatile int inactive;
        private volatile int persistent;

        void set(int newActive, int newInactive) {
            active = newActive;
            inactive = newInactive;
        }

        @Override
        public int persistent() {
            return persistent;
        }

        @Override
        public int active() {
            return active;
        }

        @Override
        public int inactive() {
            return inactive;
        }
    }
}
