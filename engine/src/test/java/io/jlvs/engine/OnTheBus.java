package io.jlvs.engine;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.bus.CommandBus;
import io.jlvs.engine.bus.Listings;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.live.Insight;
import io.jlvs.engine.live.Live;
import io.jlvs.engine.live.Picks;
import io.jlvs.engine.plugin.PluginHost;
import io.jlvs.engine.plugin.PluginOptions;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.schedule.Pipeline;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;

/** A director as others on its bus know it: all addresses, scheduling, and no traffic but what a test makes. */
final class OnTheBus implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final FakeDataPath dataPath = new FakeDataPath();
    final Pipeline pipeline = new Pipeline(vertx, InstantSource.system());
    final Registry registry = new Registry(
            dataPath,
            (next, courses, extensions) -> pipeline.goOver(next, courses, extensions, dataPath),
            new MemoryStore(),
            pipeline::publish,
            InstantSource.system());
    final Live live;
    private final PluginHost plugins;

    OnTheBus(Path folder) {
        plugins = new PluginHost(
                folder.resolve("plugins"),
                folder.resolve("work"),
                PluginOptions.NONE,
                (_, _) -> List.of(),
                pipeline::publish,
                _ -> {});
        var status = new Status(
                InstantSource.system(),
                dataPath,
                registry,
                plugins,
                EngineConfig.defaults().http());
        live = new Live(registry, dataPath, new Health(), new Refusals(), status::status);
        var picks = new Picks();
        vertx.eventBus().<JlvsEvent>localConsumer(BusAddress.EVENT_CONNECTION.address(), message -> {
            if (message.body() instanceof ConnectionEvent event) {
                live.on(event);
            }
            if (message.body() instanceof ConnectionScheduled scheduled) {
                picks.on(scheduled);
            }
        });
        var insight = new Insight(registry, dataPath, picks);
        var queries = new HashMap<>(
                new Listings(registry, new Statistics(dataPath), plugins::status, status::status).queries());
        queries.put(BusAddress.SERVICE_LIVE, live::service);
        queries.put(BusAddress.SERVICE_SEARCH, live::search);
        queries.put(BusAddress.CONNECTION_LIST, insight::connections);
        queries.put(BusAddress.CONNECTION_EXPLAIN, insight::explain);
        queries.put(BusAddress.CHANGE_PREVIEW, insight::preview);
        pipeline.start((_, _) -> {}).await();
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        CommandBus.deploy(vertx, new CommandBus(registry, queries)).await();
    }

    @Override
    public void close() {
        plugins.close();
        vertx.close().await();
    }
}
