package io.jlvs.engine.metrics;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.engine.cluster.sync.SyncFigures;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.stats.Drops;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.RemotePicks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that is measured. Made before Vert.x, which is built with it ({@link #vertx}); bound when the director's
 * parts are there ({@link #bind}); served over HTTP.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Platform platform = new Platform(registry);
    private volatile Consumer<Samples> reader = _ -> {};

    /**
     * The parts that are read when they are scraped.
     *
     * @param version of JLVS
     * @param configuration the desired state now
     * @param plugins the jars that the plugin host knows now
     * @param failures how often each scheduler and mode has failed, by name
     * @param health what the events say is not well; told of them here
     * @param refusals clients turned away; counted here
     * @param drops events that gateways did not deliver
     * @param remotePicks what became of the picks that siblings were asked for
     * @param applied how long changes took to come into effect
     * @param sync what connection synchronisation has done
     */
    public record Sources(
            String version,
            Supplier<Configuration> configuration,
            DataPath dataPath,
            Supplier<List<PluginStatus>> plugins,
            Supplier<Map<String, Long>> failures,
            Health health,
            Refusals refusals,
            Drops drops,
            RemotePicks remotePicks,
            LatencyRecorder applied,
            Supplier<SyncFigures> sync) {}

    /** A Vert.x that reports its event bus, HTTP servers and pools here. */
    public VertxBuilder vertx(VertxOptions options) {
        return platform.vertx(options);
    }

    /** A Vert.x for gateways, which reports its HTTP servers here and nothing else. */
    public VertxBuilder outside(VertxOptions options) {
        return platform.outside(options);
    }

    /** Starts to measure. To be called once, before the saved state is restored: that already tells events. */
    public void bind(Vertx vertx, MetricsOptions options, Sources sources) {
        var prometheus = registry.getPrometheusRegistry();
        var subjects = new Subjects(sources.configuration(), options);
        var traffic = new TrafficMetrics(subjects, sources.dataPath(), sources.health());
        var ipvs = new IpvsNames(subjects, sources.dataPath());
        var director = new DirectorMetrics(sources, subjects);
        var events = new EventMetrics(prometheus);
        var connections = new ConnectionMetrics(prometheus, subjects, sources.refusals());
        var remote = new RemoteMetrics(subjects, sources.remotePicks());
        var sync = new SyncMetrics(sources.sync());
        var plugins = new PluginMetrics(prometheus, sources.plugins(), sources.failures());
        subscribe(vertx, event -> {
            events.on(event);
            sources.health().on(event);
            switch (event) {
                case ConnectionEvent connection -> connections.on(connection);
                case PluginEvent plugin -> plugins.on(plugin);
                default -> {}
            }
        });
        reader = samples -> {
            var now = sources.dataPath().traffic();
            traffic.collect(now, samples);
            if (options.ipvsNames()) {
                ipvs.collect(now, samples);
            }
            connections.collect(samples);
            remote.collect(samples);
            director.collect(samples);
            plugins.collect(samples);
            sync.collect(samples);
        };
    }

    private static void subscribe(Vertx vertx, Consumer<JlvsEvent> subscriber) {
        for (var address : List.of(
                BusAddress.EVENT_CONNECTION,
                BusAddress.EVENT_CONFIGURATION,
                BusAddress.EVENT_PLUGIN,
                BusAddress.EVENT_DIRECTOR)) {
            vertx.eventBus().<JlvsEvent>localConsumer(address.address(), message -> subscriber.accept(message.body()));
        }
    }

    /** What a scrape gets, in Prometheus' text format. Blocks for as long as it reads. */
    public Buffer scrape() {
        var counted = new ByteArrayOutputStream(1 << 16);
        try {
            registry.scrape(counted);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't fail to be written", e);
        }
        var samples = new Samples();
        reader.accept(samples);
        return samples.after(counted.toByteArray());
    }

    /** To be closed after Vert.x. */
    @Override
    public void close() {
        platform.close();
        registry.close();
    }
}
