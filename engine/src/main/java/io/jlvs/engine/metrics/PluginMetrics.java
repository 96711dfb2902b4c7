package io.jlvs.engine.metrics;

import io.jlvs.api.event.PluginEvent;
import io.jlvs.engine.plugin.PluginStatus;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Which plugins are loaded, and what went wrong with them. */
final class PluginMetrics {

    private final Supplier<List<PluginStatus>> plugins;
    private final Counter failures = Metric.PLUGIN_FAILURES.counter();
    private final Counter rejected = Metric.PLUGIN_REJECTED.counter();

    PluginMetrics(PrometheusRegistry registry, Supplier<List<PluginStatus>> plugins) {
        this.plugins = plugins;
        registry.register(failures);
        registry.register(rejected);
        registry.register(this::states);
    }

    void on(PluginEvent event) {
        switch (event) {
            case PluginEvent.Failed failed ->
                failures.labelValues(failed.jar(), failed.extension()).inc();
            case PluginEvent.Rejected _ -> rejected.inc();
            case PluginEvent.Loaded _, PluginEvent.Removed _, PluginEvent.Kept _ -> {}
        }
    }

    private MetricSnapshots states() {
        // A jar may be there twice in one state's labels: kept from before and rejected anew.
        Map<Labels, Integer> states = new LinkedHashMap<>();
        for (var status : plugins.get()) {
            for (var state : PluginStatus.State.values()) {
                states.merge(labels(status, state), state == status.state() ? 1 : 0, Math::max);
            }
            // There before it fails, so that a rate sees the first failure.
            status.offers().forEach(offer -> failures.initLabelValues(status.jar(), offer));
        }
        var samples = new Samples();
        states.forEach((labels, value) -> samples.add(Metric.PLUGIN_STATE, labels, value));
        return samples.toSnapshots();
    }

    private static Labels labels(PluginStatus status, PluginStatus.State state) {
        return Metric.PLUGIN_STATE.labels(
                status.plugin(), status.jar(), status.version(), state.name().toLowerCase(Locale.ROOT));
    }
}
