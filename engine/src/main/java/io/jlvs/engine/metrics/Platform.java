package io.jlvs.engine.metrics;

import io.jlvs.api.bus.BusAddress;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the director stands on: the Java virtual machine, its process, and Vert.x. */
final class Platform implements AutoCloseable {

    /** Public addresses, each a label of its own. Anything else that is sent to the bus counts as {@code other}. */
    private static final Set<String> ADDRESSES =
            Arrays.stream(BusAddress.values()).map(BusAddress::address).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** The time of the processors is left out: it comes in nanoseconds, against the conventions; their use is there. */
    Platform(MeterRegistry registry) {
        this.registry = registry;
        registry.config()
                .meterFilter(MeterFilter.replaceTagValues(
                        Label.EB_ADDRESS.toString(), address -> ADDRESSES.contains(address) ? address : "other"))
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(new ConventionalNames());
        binders().forEach(binder -> binder.bindTo(registry));
    }

    private List<MeterBinder> binders() {
        return List.of(
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                collections,
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
    }

    /** Only labels whose values are few: no remote addresses, paths or methods, which clients choose. */
    VertxBuilder vertx(VertxOptions options) {
        return vertx(options, List.of());
    }

    /** The bus and the pools of another Vert.x would be taken for those of the first. */
    VertxBuilder outside(VertxOptions options) {
        return vertx(options, List.of(MetricsDomain.EVENT_BUS, MetricsDomain.NAMED_POOLS));
    }

    private VertxBuilder vertx(VertxOptions options, List<MetricsDomain> left) {
        var metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(Set.of(Label.EB_ADDRESS, Label.EB_SIDE, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME));
        for (var unused : List.of(
                MetricsDomain.NET_SERVER,
                MetricsDomain.NET_CLIENT,
                MetricsDomain.HTTP_CLIENT,
                MetricsDomain.DATAGRAM_SOCKET,
                MetricsDomain.VERTICLES)) {
            metrics.addDisabledMetricsCategory(unused);
        }
        left.forEach(metrics::addDisabledMetricsCategory);
        return Vertx.builder()
                .with(new VertxOptions(options).setMetricsOptions(metrics))
                .withMetrics(new MicrometerMetricsFactory(registry));
    }

    @Override
    public void close() {
        collections.close();
    }

    /** Renames a gauge whose name reads like a part of a histogram. */
    private static final class ConventionalNames implements MeterFilter {

        @Override
        public Meter.Id map(Meter.Id id) {
            return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
        }
    }
}
