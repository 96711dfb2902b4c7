package io.jlvs.engine.metrics;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.registry.Configuration;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** The director itself: what it is, how much it is asked to do, whether it is short of anything. */
final class DirectorMetrics implements MultiCollector {

    private final Supplier<Configuration> configuration;
    private final DataPath dataPath;
    private final String version;
    private final Health health;

    DirectorMetrics(Supplier<Configuration> configuration, DataPath dataPath, String version, Health health) {
        this.configuration = configuration;
        this.dataPath = dataPath;
        this.version = version;
        this.health = health;
    }

    @Override
    public MetricSnapshots collect() {
        var samples = new Samples();
        var current = configuration.get();
        samples.add(Metric.CONFIGURATION_VERSION, Labels.EMPTY, current.version());
        samples.add(Metric.SERVICES, Labels.EMPTY, current.services().size());
        samples.add(Metric.SERVERS, Labels.EMPTY, servers(current));
        samples.add(Metric.OVERLOADED, Labels.EMPTY, health.shortages().size());
        samples.add(
                Metric.DATAPATH_INFO,
                Metric.DATAPATH_INFO.labels(dataPath.kind().lowerName()),
                1);
        dataPath.drops()
                .forEach((reason, packets) ->
                        samples.add(Metric.DATAPATH_DROPPED, Metric.DATAPATH_DROPPED.labels(reason), packets));
        samples.add(
                Metric.BUILD_INFO,
                Metric.BUILD_INFO.labels(version, Runtime.version().toString()),
                1);
        return samples.toSnapshots();
    }

    private static int servers(Configuration configuration) {
        return configuration.services().stream()
                .mapToInt(entry -> entry.servers().size())
                .sum();
    }
}
