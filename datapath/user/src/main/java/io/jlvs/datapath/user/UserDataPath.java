package io.jlvs.datapath.user;

import static java.util.Objects.requireNonNull;

import io.jlvs.api.Protocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathException;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionClosed.Cause;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay in user space. Each virtual service has a listening socket of its own. */
public final class UserDataPath implements DataPath {

    private static final Logger LOG = LoggerFactory.getLogger(UserDataPath.class);
    private static final long SWEEP_MILLIS = 500;

    private final Relay relay;
    private final MultiThreadIoEventLoopGroup loops;
    private final Map<ServiceKey.Address, Listener> listeners = new HashMap<>();

    private volatile Sysctls sysctls = Sysctls.DEFAULTS;

    /**
     * Makes the event loops; nothing listens yet.
     *
     * @throws IllegalStateException if the transport that the options ask for is not to be had
     */
    public UserDataPath(UserDataPathOptions options, Upcalls upcalls) {
        var transport = Transport.of(options.transport());
        var threads = options.eventLoops() > 0
                ? options.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("jlvs-relay"), transport.ioHandlers());
        relay = new Relay(options, transport, loops, upcalls, InstantSource.system());
        loops.next().scheduleWithFixedDelay(this::endIdle, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info(
                "user data path: {} with {} event loops, at most {} connections",
                transport.name(),
                threads,
                relay.shedding.limit());
    }

    /** How many connections and sessions it takes at once. */
    int connectionLimit() {
        return relay.shedding.limit();
    }

    @Override
    public DataPathKind kind() {
        return DataPathKind.USER;
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        if (!(service.key() instanceof ServiceKey.Address key)) {
            return needsEbpf("services of firewall marks");
        }
        if (key.protocol() == Protocol.SCTP) {
            return needsEbpf("SCTP services");
        }
        if (key.virtual().port() == 0) {
            return needsEbpf("services of every port");
        }
        if (service.persistence() != null && service.persistence().engine() != null) {
            return "persistence engine " + service.persistence().engine()
                    + " is in no data path of this version: clients are told apart by their address";
        }
        return service.onePacket() ? needsEbpf("one-packet scheduling") : null;
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return server.endpoint().port() == 0 ? needsEbpf("real servers without a port") : null;
    }

    @Override
    public synchronized void apply(ForwardingTable table) {
        var opened = open(table);
        for (var entry : table.services()) {
            if (entry.key() instanceof ServiceKey.Address key) {
                listeners.computeIfAbsent(key, opened::get).use(entry);
            }
        }
        closeAllBut(table.services());
        relay.counters.retain(table);
    }

    @Override
    public ServerLoad load(ServerId server) {
        return relay.counters.of(server);
    }

    @Override
    public LatencyHistogram connectLatency(ServerId server) {
        return relay.counters.of(server).connectLatency();
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
    public TrafficSnapshot traffic() {
        return relay.counters.snapshot();
    }

    @Override
    public synchronized void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        closeAllBut(List.of());
        relay.relayed.forEach(one -> one.end(Cause.SHUTDOWN));
        awaitLoops(); // once they shut down they close what is left with a FIN
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Opens what is missing. The modes go first: a connection may come in at once. */
    private Map<ServiceKey.Address, Listener> open(ForwardingTable table) {
        var opened = new HashMap<ServiceKey.Address, Listener>();
        var modesBefore = relay.use(table.modes());
        try {
            for (var entry : table.services()) {
                if (entry.key() instanceof ServiceKey.Address key && !listeners.containsKey(key)) {
                    opened.put(key, Listener.open(relay, key, entry));
                }
            }
            return opened;
        } catch (DataPathException e) {
            opened.values().forEach(Listener::close);
            awaitLoops();
            relay.use(modesBefore);
            throw e;
        }
    }

    private void closeAllBut(List<ServiceEntry> services) {
        var wanted = new HashSet<ServiceKey>();
        services.forEach(entry -> wanted.add(entry.key()));
        var unwanted =
                listeners.keySet().stream().filter(key -> !wanted.contains(key)).toList();
        unwanted.forEach(key -> requireNonNull(listeners.remove(key)).close());
        if (!unwanted.isEmpty()) {
            awaitLoops();
        }
    }

    /** Waits until each loop has done what it was told and selected: only then has NIO freed the closed sockets. */
    private void awaitLoops() {
        for (var loop : loops) {
            loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    private void endIdle() {
        var now = System.nanoTime();
        for (var one : relay.relayed) {
            if (one.idleTimeoutNanos() > 0 && now - one.lastMovedNanos() > one.idleTimeoutNanos()) {
                one.end(Cause.IDLE);
            }
        }
    }

    private static String needsEbpf(String what) {
        return what + " need the data path 'ebpf'; this engine runs 'user'";
    }
}
