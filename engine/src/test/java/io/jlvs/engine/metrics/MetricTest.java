package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

    private static final Set<String> RESERVED_LABELS = Set.of("le", "quantile", "job", "instance");

    @ParameterizedTest
    @EnumSource
    void hasAConventionalName(Metric metric) {
        assertThat(metric.fullName()).matches("(jlvs|node_ipvs)_[a-z]+(_[a-z]+)*");
        assertThat(metric.fullName())
                .doesNotContainPattern("_(ms|us|ns|msec|sec|kb|mb|milliseconds|count|sum|bucket)(_|$)");
    }

    @ParameterizedTest
    @EnumSource
    void endsAsItsTypeAsks(Metric metric) {
        assertThat(metric.fullName().endsWith("_total")).isEqualTo(metric.type() == Metric.Type.COUNTER);
        assertThat(metric.fullName().endsWith("_info")).isEqualTo(metric.type() == Metric.Type.INFO);
        if (metric.type() == Metric.Type.HISTOGRAM) {
            assertThat(metric.fullName()).endsWith("_seconds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasConventionalLabels(Metric metric) {
        assertThat(metric.labelNames()).doesNotHaveDuplicates().allMatch(label -> label.matches("[a-z_]+"));
        assertThat(metric.labelNames()).doesNotContainAnyElementsOf(RESERVED_LABELS);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItIsInASentence(Metric metric) {
        assertThat(metric.help()).matches("[A-Z0-9].*\\.");
    }

    @Test
    void namesAreUnique() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::fullName).collect(Collectors.toSet()))
                .hasSameSizeAs(Metric.values());
    }
}
