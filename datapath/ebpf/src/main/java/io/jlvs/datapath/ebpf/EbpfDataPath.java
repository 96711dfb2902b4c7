package io.jlvs.datapath.ebpf;

import static java.util.stream.Collectors.toSet;

import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ConnectionFeed;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.DataPathFigures;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.datapath.Taken;
import io.jlvs.api.datapath.Timeouts;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.api.datapath.Upcalls;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data path in the kernel. Programs forward by what lies in maps; programs and maps outlive the engine, and the next
 * one takes them over with all connections and counters.
 */
public final class EbpfDataPath implements DataPath {

    private static final Logger LOG = LoggerFactory.getLogger(EbpfDataPath.class);

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_AROUND_EVERY = Duration.ofSeconds(5);

    private final Kernel kernel;
    private final Inventory inventory;
    private final ConnectLatencies latencies;
    private final ConnectionTable connections;
    private final TableMaps maps;
    private final Settings settings;
    private final TableWriter writer;
    private final Sweeper sweeper;
    private final Adoptive adoptive;
    private final KernelFigures figures;
    private final Repeater sweeping;
    private final Repeater lookingAround;
    private final Listening listening;
    private @Nullable ForwardingTable applied;
    private volatile boolean closed;

    /** Why this machine can't run it, as a sentence that says what to do; empty when it can. */
    public static Optional<String> unavailable() {
        return Prerequisites.missing();
    }

    /**
     * Loads the programs, takes over what an engine before has left, and attaches to the interfaces.
     *
     * @throws IllegalStateException if what was left was made by another build
     * @throws RuntimeException if the kernel refuses anything, saying what and why
     */
    public EbpfDataPath(EbpfOptions options, Upcalls upcalls) {
        kernel = new Kernel(options);
        var pipeline = kernel.pipeline();
        var loads = new ServerLoads(pipeline.map("server_loads").mapped());
        latencies = new ConnectLatencies(pipeline.map("connect_latencies").mapped());
        inventory = new Inventory(
                loads,
                pipeline.map("service_traffic").maxEntries(),
                pipeline.map("server_loads").maxEntries());
        Adoption.takeStock(pipeline, inventory);
        connections = new ConnectionTable(pipeline, inventory);
        maps = new TableMaps(pipeline);
        settings = new Settings(maps, options);
        writer = new TableWriter(inventory, loads, latencies, maps, settings);
        sweeper = new Sweeper(pipeline.program("sweep"), inventory, loads);
        adoptive = new Adoptive(kernel, inventory, loads);
        figures = new KernelFigures(pipeline, inventory, sweeper);
        listening = new Listening(pipeline, inventory, connections, upcalls);
        sweeping = new Repeater("jlvs-sweep", SWEEP_EVERY, this::sweep);
        lookingAround = new Repeater("jlvs-interfaces", LOOK_AROUND_EVERY, this::lookAround);
        LOG.info(
                "ebpf data path: {} services and {} servers were there, room for {} connections",
                inventory.services().size(),
                inventory.servers().size(),
                pipeline.map("connections").maxEntries());
    }

    @Override
    public DataPathKind kind() {
        return DataPathKind.EBPF;
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        if (service.persistence() != null && service.persistence().engine() != null) {
            return "persistence engine " + service.persistence().engine()
                    + " is in no data path of this version: clients are told apart by their address";
        }
        return service.proxyProtocol() == ProxyProtocol.NONE
                ? null
                : "the PROXY protocol needs the data path 'user'; this engine runs 'ebpf'";
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return null;
    }

    @Override
    public synchronized void apply(ForwardingTable table) {
        try {
            write(table);
        } catch (RuntimeException e) {
            restore();
            throw new DataPathException("the kernel path can't take the change: " + e.getMessage(), e);
        }
        applied = table;
        listening.begin();
    }

    private void write(ForwardingTable table) {
        kernel.modes().prepare(table.modes(), modesOf(table));
        writer.write(table, kernel.modes()::numberOf);
    }

    /** Goes back to the table before. */
    private void restore() {
        if (applied == null) {
            return;
        }
        try {
            write(applied);
        } catch (RuntimeException e) {
            LOG.error("the table before can't be restored either: parts of the refused one are in effect", e);
        }
    }

    private static Set<String> modesOf(ForwardingTable table) {
        return table.services().stream()
                .flatMap(entry -> entry.servers().stream())
                .map(RealServer::mode)
                .collect(toSet());
    }

    @Override
    public ServerLoad load(ServerId server) {
        return inventory.load(server);
    }

    @Override
    public LatencyHistogram connectLatency(ServerId id) {
        var server = inventory.server(id);
        return server == null || closed ? LatencyHistogram.EMPTY : latencies.of(server.number);
    }

    @Override
    public TrafficSnapshot traffic() {
        var services = new HashMap<ServiceKey, Traffic>();
        var servers = new HashMap<ServerId, Traffic>();
        if (!closed) {
            var ofServices = Counters.traffic(kernel.map("service_traffic"), inventory.servicesEnd());
            var ofServers = Counters.traffic(kernel.map("server_traffic"), inventory.serversEnd());
            inventory.services().stream()
                    .filter(service -> service.number < ofServices.length)
                    .forEach(service -> services.put(service.key, ofServices[service.number]));
            inventory.servers().stream()
                    .filter(server -> server.number < ofServers.length)
                    .forEach(server -> servers.put(server.id, ofServers[server.number]));
        }
        return new TrafficSnapshot(services, servers);
    }

    @Override
    public long picks(ServiceKey key) {
        var service = inventory.service(key);
        return service == null || closed ? 0 : maps.readPosition(service.number);
    }

    @Override
    public List<TrackedConnection> connections() {
        return closed ? List.of() : connections.list();
    }

    @Override
    public ConnectionFeed follow(Consumer<List<SyncedEntry>> follower) {
        return new Following(kernel, inventory, settings, follower);
    }

    @Override
    public Taken take(List<? extends SyncedEntry> entries) {
        return closed ? Taken.NOTHING : adoptive.take(entries);
    }

    @Override
    public Map<String, Long> drops() {
        return closed ? Map.of() : figures.drops();
    }

    @Override
    public DataPathFigures figures() {
        return closed ? DataPathFigures.NONE : figures.read();
    }

    @Override
    public SequencedMap<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        details.put("interfaces", String.join(" ", kernel.interfaces()));
        details.put("pins", kernel.pins().toString());
        return details;
    }

    @Override
    public Timeouts timeouts() {
        return settings.timeouts();
    }

    @Override
    public synchronized void use(Timeouts timeouts) {
        settings.use(timeouts);
    }

    @Override
    public Sysctls sysctls() {
        return settings.sysctls();
    }

    @Override
    public synchronized void use(Sysctls sysctls) {
        settings.use(sysctls);
    }

    private void sweep() {
        sweeper.sweep();
        synchronized (this) {
            settings.refresh();
            sweeper.idle().forEach(server -> {
                maps.deleteServer(server.number);
                inventory.release(server);
            });
        }
    }

    private synchronized void lookAround() {
        kernel.refresh();
        writer.followSources();
        if (applied != null) {
            clearModes(applied);
        }
    }

    /** Takes the modes out of the kernel whose plugin is gone, once no server and no connection has them. */
    private void clearModes(ForwardingTable table) {
        var unused = kernel.modes().othersThan(table.modes().keySet());
        inventory.servers().forEach(server -> unused.clear(server.mode()));
        if (!unused.isEmpty()) {
            unused.andNot(connections.modes());
            kernel.modes().clear(unused);
        }
    }

    @Override
    public void flush() {
        lookingAround.close();
        kernel.flush();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sweeping.close();
        lookingAround.close();
        listening.close();
        kernel.close();
    }
}
