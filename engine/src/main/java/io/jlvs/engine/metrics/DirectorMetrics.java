package io.jlvs.engine.metrics;

import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.stats.Drops;
import io.jlvs.engine.stats.Health;
import java.util.function.Supplier;

/** The director itself: what it is, how much it is asked to do, whether it is short of anything. */
final class DirectorMetrics {

    private final Supplier<Configuration> configuration;
    private final Subjects subjects;
    private final DataPath dataPath;
    private final LatencyRecorder applied;
    private final String version;
    private final Health health;
    private final Drops drops;

    DirectorMetrics(Metrics.Sources sources, Subjects subjects) {
        this.configuration = sources.configuration();
        this.subjects = subjects;
        this.dataPath = sources.dataPath();
        this.applied = sources.applied();
        this.version = sources.version();
        this.health = sources.health();
        this.drops = sources.drops();
    }

    void collect(Samples samples) {
        var current = configuration.get();
        samples.add(Metric.CONFIGURATION_CHECKSUM, LabelText.NONE, subjects.checksum());
        samples.add(Metric.CONFIGURATION_VERSION, LabelText.NONE, current.version());
        samples.add(Metric.SERVICES, LabelText.NONE, current.services().size());
        samples.add(Metric.SERVERS, LabelText.NONE, servers(current));
        samples.add(Metric.OVERLOADED, LabelText.NONE, health.shortages().size());
        drops.counts()
                .forEach((gateway, events) ->
                        samples.add(Metric.BUS_DROPPED, Metric.BUS_DROPPED.labels(gateway), events));
        samples.add(
                Metric.DATAPATH_INFO,
                Metric.DATAPATH_INFO.labels(dataPath.kind().lowerName()),
                1);
        samples.add(
                Metric.BUILD_INFO,
                Metric.BUILD_INFO.labels(version, Runtime.version().toString()),
                1);
        samples.add(Metric.DATAPATH_APPLY_DURATION, LabelText.NONE, applied.histogram());
        collectDataPath(samples);
    }

    private void collectDataPath(Samples samples) {
        dataPath.drops()
                .forEach((reason, packets) ->
                        samples.add(Metric.DATAPATH_DROPPED, Metric.DATAPATH_DROPPED.labels(reason), packets));
        var figures = dataPath.figures();
        if (figures.tables().isEmpty()) {
            return;
        }
        figures.tables().forEach((table, fill) -> {
            samples.add(Metric.DATAPATH_TABLE_ENTRIES, Metric.DATAPATH_TABLE_ENTRIES.labels(table), fill.entries());
            samples.add(Metric.DATAPATH_TABLE_CAPACITY, Metric.DATAPATH_TABLE_CAPACITY.labels(table), fill.capacity());
        });
        figures.lostEvents()
                .forEach((ring, lost) ->
                        samples.add(Metric.DATAPATH_EVENTS_LOST, Metric.DATAPATH_EVENTS_LOST.labels(ring), lost));
        samples.add(Metric.DATAPATH_ASKED, LabelText.NONE, figures.askedPackets());
        samples.add(Metric.DATAPATH_SWEEP_DURATION, LabelText.NONE, figures.sweeps());
    }

    private static int servers(Configuration configuration) {
        return configuration.services().stream()
                .mapToInt(entry -> entry.servers().size())
                .sum();
    }
}
