package io.jlvs.engine.metrics;

import io.jlvs.api.event.PluginEvent;
import io.jlvs.engine.plugin.PluginStatus;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Which plugins are loaded, and what went wrong with them. */
final class PluginMetrics {

    private final Supplier<List<PluginStatus>> plugins;
    private final Supplier<Map<String, Long>> failures;
    private final Counter rejected = Metric.PLUGIN_REJECTED.counter();

    PluginMetrics(
            PrometheusRegistry registry, Supplier<List<PluginStatus>> plugins, Supplier<Map<String, Long>> failures) {
        this.plugins = plugins;
        this.failures = failures;
        registry.register(rejected);
    }

    void on(PluginEvent event) {
        if (event instanceof PluginEvent.Rejected) {
            rejected.inc();
        }
    }

    void collect(Samples samples) {
        states().forEach((labels, value) -> samples.add(Metric.PLUGIN_STATE, labels, value));
        failuresOfAll()
                .forEach((extension, count) ->
                        samples.add(Metric.PLUGIN_FAILURES, Metric.PLUGIN_FAILURES.labels(extension), count));
    }

    /** A plugin may be there twice: kept from before, and its new jar rejected. */
    private Map<LabelText, Integer> states() {
        var states = new LinkedHashMap<LabelText, Integer>();
        for (var status : plugins.get()) {
            for (var state : PluginStatus.State.values()) {
                states.merge(labels(status, state), state == status.state() ? 1 : 0, Math::max);
            }
        }
        return states;
    }

    /** What has never failed is there too, so that a rate sees the first failure. */
    private Map<String, Long> failuresOfAll() {
        var counts = new HashMap<String, Long>();
        plugins.get().forEach(status -> status.offers().forEach(offer -> counts.put(offer, 0L)));
        counts.putAll(failures.get());
        return counts;
    }

    private static LabelText labels(PluginStatus status, PluginStatus.State state) {
        return Metric.PLUGIN_STATE.labels(
                status.plugin(), status.jar(), status.version(), state.name().toLowerCase(Locale.ROOT));
    }
}
