package io.jlvs.engine.stats;

import io.jlvs.api.Command;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counters as listings show them. The data path's counters never fall; {@code ipvsadm -Z} only moves the zero point.
 * Keys are {@link ServiceKey} or {@link ServerId}; all methods may be called from any thread.
 */
public final class Statistics {

    /** How often {@link #estimate} is to be called. */
    public static final Duration PERIOD = Estimator.PERIOD;

    private final DataPath dataPath;
    private final Map<Object, Traffic> zeroPoints = new HashMap<>();
    private final Map<Object, Estimator> estimators = new HashMap<>();
    /** Servers that were removed: their figures stand still, and go on when they return to the same service. */
    private final Set<ServerId> away = new HashSet<>();

    public Statistics(DataPath dataPath) {
        this.dataPath = dataPath;
    }

    /** The figures of everything at this moment. */
    public synchronized FiguresSnapshot snapshot() {
        var traffic = dataPath.traffic();
        var figures = new HashMap<Object, Figures>();
        traffic.services().forEach((key, now) -> figures.put(key, figures(key, now)));
        traffic.servers().forEach((key, now) -> figures.put(key, figures(key, now)));
        return new FiguresSnapshot(figures);
    }

    /** The live connection counts of a real server. */
    public ServerLoad load(ServerId server) {
        return dataPath.load(server);
    }

    /** Brings the rates up to date; to be called every {@link #PERIOD}. */
    public synchronized void estimate() {
        var traffic = dataPath.traffic();
        traffic.services().forEach(this::estimate);
        traffic.servers().forEach(this::estimateUnlessAway);
        estimators.keySet().removeIf(key -> isGone(key, traffic));
        zeroPoints.keySet().removeIf(key -> isGone(key, traffic));
        away.removeIf(key -> isGone(key, traffic));
    }

    /**
     * Follows a change: {@link Command.Zero} moves the zero points of what is there. A service that is deleted starts from
     * zero when added again, with all its servers; a server that is deleted alone goes on where it was.
     */
    public synchronized void follow(Command command) {
        switch (command) {
            case Command.Zero(var service) when service == null -> zeroAll(dataPath.traffic());
            case Command.Zero(var service) -> zeroService(service, dataPath.traffic());
            case Command.Clear() -> {
                away.clear();
                zeroAll(dataPath.traffic());
            }
            case Command.DeleteService(var service) -> {
                away.removeIf(server -> server.service().equals(service));
                zeroService(service, dataPath.traffic());
            }
            case Command.DeleteServer(var service, var server) -> away.add(new ServerId(service, server));
            case Command.AddServer(var service, var server) -> away.remove(new ServerId(service, server.endpoint()));
            case Command.AddService _, Command.EditService _, Command.EditServer _ -> {}
        }
    }

    /** What the data path counts no more begins at zero if it comes back. */
    private static boolean isGone(Object key, TrafficSnapshot traffic) {
        return !traffic.services().containsKey(key) && !traffic.servers().containsKey(key);
    }

    private Figures figures(Object key, Traffic now) {
        var estimator = estimators.get(key);
        var zero = zeroPoints.getOrDefault(key, Traffic.NONE);
        var restarted = now.connections() < zero.connections(); // forgotten by the data path, then counted anew
        return new Figures(restarted ? now : now.minus(zero), estimator == null ? Rates.NONE : estimator.rates());
    }

    private void estimateUnlessAway(ServerId server, Traffic now) {
        if (!away.contains(server)) {
            estimate(server, now);
        }
    }

    private void estimate(Object key, Traffic now) {
        estimators.computeIfAbsent(key, _ -> new Estimator()).tick(now);
    }

    private void zeroAll(TrafficSnapshot now) {
        now.services().forEach(this::zero);
        now.servers().forEach(this::zero);
    }

    private void zeroService(ServiceKey service, TrafficSnapshot now) {
        zero(service, now.of(service));
        now.servers().forEach((id, traffic) -> {
            if (id.service().equals(service)) {
                zero(id, traffic);
            }
        });
    }

    private void zero(Object key, Traffic now) {
        if (key instanceof ServerId server && away.contains(server)) {
            return;
        }
        zeroPoints.put(key, now);
        estimators.put(key, new Estimator(now));
    }
}
