package io.jlvs.engine.metrics;

import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.event.ConnectionClosed;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;

/** What the life of a connection tells: picks, how long they took, how long servers took to accept, refusals. */
final class ConnectionMetrics {

    private static final double NANOS_PER_SECOND = 1e9;

    /** 100 microseconds to 5 seconds. */
    private static final double[] CONNECT_BUCKETS = {
        1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5
    };

    /** 100 nanoseconds to 1 millisecond. */
    private static final double[] PICK_BUCKETS = {
        1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3
    };

    private final Subjects subjects;
    private final Counter picks = Metric.SCHEDULER_PICKS.counter();
    private final Histogram pickDuration = Metric.SCHEDULER_PICK_DURATION.histogram(PICK_BUCKETS);
    private final Histogram connectLatency = Metric.SERVER_CONNECT_LATENCY.histogram(CONNECT_BUCKETS);
    private final Counter refused = Metric.SERVICE_REFUSED.counter();

    /** @param dataPath where connections come from; only a relay knows how long a server took to accept */
    ConnectionMetrics(PrometheusRegistry registry, Subjects subjects, DataPathKind dataPath) {
        this.subjects = subjects;
        registry.register(picks);
        registry.register(pickDuration);
        registry.register(this::refusals);
        if (dataPath == DataPathKind.USER) {
            registry.register(this::connectLatencies);
        }
    }

    void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionScheduled scheduled -> picked(scheduled);
            case ConnectionOpened opened -> opened(opened);
            case ConnectionRefused refusal -> refused(refusal);
            case ConnectionRequested _, ConnectionClosed _ -> {}
        }
    }

    private void picked(ConnectionScheduled event) {
        picks.labelValues(event.scheduler(), label(event.how())).inc();
        if (event.how() == ConnectionScheduled.How.SCHEDULER) {
            pickDuration.labelValues(event.scheduler()).observe(event.pickNanos() / NANOS_PER_SECOND);
        }
    }

    private void refused(ConnectionRefused event) {
        var values = Subjects.values(event.service());
        refused.labelValues(values.get(0), values.get(1), label(event.reason())).inc();
    }

    private void opened(ConnectionOpened event) {
        if (event.flow().protocol() == Protocol.TCP) {
            connectLatency
                    .labelValues(Subjects.values(new ServerId(event.service(), event.server()))
                            .toArray(String[]::new))
                    .observe(event.connectNanos() / NANOS_PER_SECOND);
        }
    }

    /** Each reason of each service is there before it occurs, so that a rate sees its first occurrence. */
    private MetricSnapshot refusals() {
        for (var service : subjects.services()) {
            for (var reason : RefusalReason.values()) {
                refused.initLabelValues(service.get(0), service.get(1), label(reason));
            }
        }
        return new ConfiguredOnly(refused, subjects::isService).collect();
    }

    /** Each TCP server is there before it accepts, so that one that never does is seen. */
    private MetricSnapshot connectLatencies() {
        for (var server : subjects.servers()) {
            if (server.getFirst().equals(Protocol.TCP.lowerName())) {
                connectLatency.initLabelValues(server.toArray(String[]::new));
            }
        }
        return new ConfiguredOnly(connectLatency, subjects::isServer).collect();
    }

    /** The word that the bus has for it too. */
    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
