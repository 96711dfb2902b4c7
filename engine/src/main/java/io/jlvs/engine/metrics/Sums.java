package io.jlvs.engine.metrics;

import io.jlvs.api.datapath.LatencyHistogram;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up samples that have the same labels, as they do once labels are left out. */
final class Sums implements SampleSink {

    private final Map<Metric, Map<LabelText, Long>> values = new EnumMap<>(Metric.class);
    private final Map<Metric, Map<LabelText, LatencyHistogram>> histograms = new EnumMap<>(Metric.class);

    @Override
    public void add(Metric metric, LabelText labels, long value) {
        values.computeIfAbsent(metric, _ -> new LinkedHashMap<>()).merge(labels, value, Long::sum);
    }

    @Override
    public void add(Metric metric, LabelText labels, LatencyHistogram histogram) {
        histograms.computeIfAbsent(metric, _ -> new LinkedHashMap<>()).merge(labels, histogram, LatencyHistogram::plus);
    }

    void addTo(SampleSink sink) {
        values.forEach((metric, sums) -> sums.forEach((labels, sum) -> sink.add(metric, labels, sum)));
        histograms.forEach((metric, sums) -> sums.forEach((labels, sum) -> sink.add(metric, labels, sum)));
    }
}
