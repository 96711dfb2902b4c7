package io.jlvs.engine.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The samples of one scrape, read from somewhere at that moment. What is not added is not scraped: nothing is kept. */
final class Samples {

    private final Map<Metric, List<Sample>> samples = new EnumMap<>(Metric.class);

    private record Sample(Labels labels, long value) {}

    /** Adds a sample; an info's value is always 1. */
    void add(Metric metric, Labels labels, long value) {
        samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(new Sample(labels, value));
    }

    MetricSnapshots toSnapshots() {
        return new MetricSnapshots(samples.entrySet().stream()
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static MetricSnapshot snapshot(Metric metric, List<Sample> samples) {
        return switch (metric.type()) {
            case COUNTER ->
                new CounterSnapshot(
                        metric.metadata(),
                        samples.stream().map(Samples::counter).toList());
            case GAUGE ->
                new GaugeSnapshot(
                        metric.metadata(), samples.stream().map(Samples::gauge).toList());
            case INFO ->
                new InfoSnapshot(
                        metric.metadata(), samples.stream().map(Samples::info).toList());
            case HISTOGRAM -> throw new IllegalArgumentException(metric + " is a histogram: it is counted, not read");
        };
    }

    private static CounterDataPointSnapshot counter(Sample sample) {
        return new CounterDataPointSnapshot((double) sample.value(), sample.labels(), null, 0);
    }

    private static GaugeDataPointSnapshot gauge(Sample sample) {
        return new GaugeDataPointSnapshot((double) sample.value(), sample.labels(), null);
    }

    private static InfoDataPointSnapshot info(Sample sample) {
        return new InfoDataPointSnapshot(sample.labels());
    }
}
