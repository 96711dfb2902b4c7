package io.jlvs.engine.metrics;

import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Predicate;

/**
 * A counted metric whose series go with the service or server that they are about. Pruned at each scrape, so an event
 * that comes late brings nothing back.
 *
 * @param configured whether label values are about something that is still configured
 */
record ConfiguredOnly(StatefulMetric<?, ?> metric, Predicate<List<String>> configured) implements Collector {

    @Override
    public MetricSnapshot collect() {
        metric.removeIf(values -> !configured.test(values));
        return metric.collect();
    }
}
