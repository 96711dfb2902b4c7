package io.jlvs.engine.metrics;

import io.jlvs.api.event.JlvsEvent;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How many events of each type there were; every type is there from the start. */
final class EventMetrics {

    private final Counter events;

    EventMetrics(PrometheusRegistry registry) {
        events = Metric.EVENTS.counter();
        for (var type : EventType.values()) {
            events.initLabelValues(type.label());
        }
        registry.register(events);
    }

    void on(JlvsEvent event) {
        events.labelValues(EventType.of(event).label()).inc();
    }
}
