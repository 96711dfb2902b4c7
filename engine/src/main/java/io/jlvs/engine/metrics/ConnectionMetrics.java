package io.jlvs.engine.metrics;

import static java.util.stream.Collectors.toMap;

import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.stats.Refusals;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the life of a connection tells: picks, how long they took, refusals. Those of services that are gone are dropped at
 * each scrape, so an event that comes late brings nothing back.
 */
final class ConnectionMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    /** 100 nanoseconds to 1 millisecond, and to half a second for those that ask. */
    private static final double[] PICK_BUCKETS = {
        1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 2.5e-2, 0.1, 0.5
    };

    private static final Map<RefusalReason, LabelText> REASONS = Arrays.stream(RefusalReason.values())
            .collect(toMap(reason -> reason, reason -> LabelText.of(List.of("reason"), List.of(label(reason)))));

    private final Subjects subjects;
    private final Counter picks = Metric.SCHEDULER_PICKS.counter();
    private final Histogram pickDuration = Metric.SCHEDULER_PICK_DURATION.histogram(PICK_BUCKETS);
    private final Refusals refusals;

    ConnectionMetrics(PrometheusRegistry registry, Subjects subjects, Refusals refusals) {
        this.refusals = refusals;
        this.subjects = subjects;
        registry.register(picks);
        registry.register(pickDuration);
    }

    void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionScheduled scheduled -> picked(scheduled);
            case ConnectionRefused refusal -> refusals.on(refusal);
            case ConnectionRequested _, ConnectionOpened _, ConnectionClosed _ -> {}
        }
    }

    private void picked(ConnectionScheduled event) {
        picks.labelValues(event.scheduler(), label(event.how())).inc();
        if (event.how() == ConnectionScheduled.How.SCHEDULER) {
            pickDuration.labelValues(event.scheduler()).observe(event.pickNanos() / NANOS_PER_SECOND);
        }
    }

    /** Each reason of each service is there before it occurs, so that a rate sees its first occurrence. */
    void collect(Samples samples) {
        var sums = new Sums();
        var sink = subjects.labelling().has(Label.SERVICE) ? samples : sums;
        for (var service : subjects.services()) {
            for (var reason : RefusalReason.values()) {
                sink.add(
                        Metric.SERVICE_REFUSED,
                        service.labels().and(REASONS.getOrDefault(reason, LabelText.NONE)),
                        refusals.count(service.key(), reason));
            }
        }
        sums.addTo(samples);
        refusals.retain(subjects::isConfigured);
    }

    /** The word that the bus has for it too. */
    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
