package io.jlvs.engine;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.datapath.ebpf.libbpf.PacketSocket;
import io.jlvs.engine.admin.ClusterRoutes;
import io.jlvs.engine.admin.ControlSocket;
import io.jlvs.engine.admin.LiveRoutes;
import io.jlvs.engine.admin.SysctlCommand;
import io.jlvs.engine.bus.CommandBus;
import io.jlvs.engine.bus.Listings;
import io.jlvs.engine.cluster.Cluster;
import io.jlvs.engine.cluster.sync.SyncFigures;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.http.DiscoveryPart;
import io.jlvs.engine.http.MetricsPart;
import io.jlvs.engine.ipvsadm.HostNames;
import io.jlvs.engine.ipvsadm.Ipvsadm;
import io.jlvs.engine.ipvsadm.NetworkInterfaces;
import io.jlvs.engine.live.Drain;
import io.jlvs.engine.live.Insight;
import io.jlvs.engine.live.Live;
import io.jlvs.engine.live.LiveTeller;
import io.jlvs.engine.live.Picks;
import io.jlvs.engine.live.TopScreen;
import io.jlvs.engine.metrics.Metrics;
import io.jlvs.engine.plugin.PluginHost;
import io.jlvs.engine.plugin.PluginOptions;
import io.jlvs.engine.registry.FileStateStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.schedule.Pipeline;
import io.jlvs.engine.stats.Drops;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The director: its parts, started in order and closed in the opposite one. */
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration RETRY_DOWN = Duration.ofSeconds(5);

    private final InstantSource clock = InstantSource.system();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();

    private Engine() {}

    /**
     * Starts everything. Blocks until the director forwards; what had started is closed again if a part fails.
     *
     * @throws RuntimeException that says which part failed and why
     */
    static Engine start(EngineConfig config) {
        var engine = new Engine();
        try {
            engine.startParts(config);
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void startParts(EngineConfig config) {
        var metrics = part(new Metrics());
        var vertx = metrics.vertx(vertxOptions()).build();
        part(() -> vertx.close().await());
        EventLog.subscribe(vertx);

        var pipeline = new Pipeline(vertx, clock);
        var dataPath = part(DataPaths.open(config, pipeline));
        dataPath.use(config.ipvs());
        var statistics = new Statistics(dataPath);
        var store = part(new FileStateStore(config.state().folder(), pipeline::publish, clock));
        // a change is answered when it is saved, not when all of its thousands of events are on the bus
        var telling = part(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("jlvs-changes").factory()));
        var registry = new Registry(
                dataPath,
                (next, courses, extensions) -> pipeline.goOver(next, courses, extensions, dataPath),
                store,
                event -> telling.execute(() -> pipeline.publish(event)),
                clock);
        var plugins = part(new PluginHost(
                config.plugins().folder(),
                config.state().folder().resolve("plugins"),
                new PluginOptions(config.plugins().schedulers(), config.ebpf().modes()),
                registry::servicesThatUse,
                pipeline::publish,
                registry::extensionsChanged));
        var cluster = config.cluster()
                .map(options -> part(new Cluster(
                        options, config.state().folder(), Version.CURRENT, registry, dataPath, PacketSocket::send)));
        var status = new Status(clock, dataPath, registry, plugins, config.http());
        var health = new Health();
        var refusals = new Refusals();
        var drops = new Drops();
        metrics.bind(
                vertx,
                config.metrics(),
                new Metrics.Sources(
                        Version.CURRENT,
                        registry::current,
                        dataPath,
                        plugins::status,
                        plugins::failures,
                        health,
                        refusals,
                        drops,
                        pipeline.remotePicks(),
                        registry.applied(),
                        () -> cluster.map(Cluster::syncFigures).orElse(SyncFigures.NONE)));
        var live = new Live(registry, dataPath, health, refusals, status::status);
        var picks = new Picks();
        tellOfConnections(vertx, live, picks);
        var insight = new Insight(registry, dataPath, picks);

        pipeline.start(plugins::failed).await();
        plugins.start();
        registry.restore();
        cluster.ifPresentOrElse(
                together -> together.join(() -> makeWanted(registry, config.services())),
                () -> makeWanted(registry, config.services()));
        follow(vertx, statistics, plugins);
        keepTime(vertx, registry, statistics);

        var queries = new HashMap<>(new Listings(registry, statistics, plugins::status, status::status).queries());
        queries.put(BusAddress.SERVICE_LIVE, live::service);
        queries.put(BusAddress.SERVICE_SEARCH, live::search);
        queries.put(BusAddress.CONNECTION_LIST, insight::connections);
        queries.put(BusAddress.CONNECTION_EXPLAIN, insight::explain);
        queries.put(BusAddress.CHANGE_PREVIEW, insight::preview);
        CommandBus.deploy(vertx, new CommandBus(registry, queries)).await();
        part(new ControlSocket(
                vertx,
                config.control().socket(),
                new Ipvsadm(
                        registry,
                        dataPath,
                        statistics,
                        HostNames.ofSystem(),
                        NetworkInterfaces.ofSystem(),
                        cluster.map(Cluster::syncSwitch).orElse(SyncSwitch.NOWHERE)),
                new SysctlCommand(dataPath),
                status,
                List.of(
                        new LiveRoutes(vertx, new TopScreen(live), new Drain(registry, dataPath)),
                        new ClusterRoutes(vertx, cluster)),
                new Stopping(dataPath, stopAsked)));
        var outside = metrics.outside(vertxOptions().setEventLoopPoolSize(1)).build();
        part(() -> outside.close().await());
        var gateways = new Gateways(vertx, outside, config, new LiveTeller(vertx, live), drops, clock);
        gateways.serveTcp();
        // last: who gets an answer from /health may count on all the rest
        gateways.serveHttp(
                new MetricsPart(outside, metrics::scrape, health),
                new DiscoveryPart(registry::current),
                gateways.console());
        pipeline.publish(new DirectorEvent.Started(
                clock.millis(), Version.CURRENT, dataPath.kind().lowerName()));
    }

    /** Nothing is served from files: no cache folder for them. */
    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static void tellOfConnections(Vertx vertx, Live live, Picks picks) {
        vertx.eventBus().<JlvsEvent>localConsumer(BusAddress.EVENT_CONNECTION.address(), message -> {
            if (message.body() instanceof ConnectionEvent event) {
                live.on(event);
            }
            if (message.body() instanceof ConnectionScheduled scheduled) {
                picks.on(scheduled);
            }
        });
    }

    private static void makeWanted(Registry registry, List<ServiceEntry> services) {
        services.forEach(service -> makeUnlessThere(registry, service));
    }

    private static void makeUnlessThere(Registry registry, ServiceEntry wanted) {
        if (registry.current().find(wanted.key()).isPresent()) {
            return;
        }
        try {
            registry.execute("jlvs.yaml", draft -> {
                draft.execute(new Command.AddService(wanted.service()));
                for (var server : wanted.servers().reversed()) { // the list is the newest first
                    draft.execute(new Command.AddServer(wanted.key(), server));
                }
            });
        } catch (CommandException e) {
            LOG.error("the configuration's service {} can't be made: {}", wanted.key(), e.getMessage());
        }
    }

    private static void follow(Vertx vertx, Statistics statistics, PluginHost plugins) {
        vertx.eventBus().<ConfigurationChanged>localConsumer(BusAddress.EVENT_CONFIGURATION.address(), message -> {
            statistics.follow(message.body().change());
            plugins.retireUnused();
        });
    }

    private static void keepTime(Vertx vertx, Registry registry, Statistics statistics) {
        vertx.setPeriodic(
                Statistics.PERIOD.toMillis(),
                _ -> vertx.executeBlocking(() -> {
                    statistics.estimate();
                    return null;
                }));
        vertx.setPeriodic(
                RETRY_DOWN.toMillis(),
                _ -> vertx.executeBlocking(() -> {
                    registry.retryDown();
                    return null;
                }));
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Blocks until somebody asks over the control socket that the engine ends. */
    void awaitStop() {
        stopAsked.join();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not close", part, e);
            }
        }
    }
}
