package io.jlvs.engine.metrics;

import static java.util.stream.Collectors.toMap;

import io.jlvs.engine.metrics.MetricsOptions.Label;
import io.jlvs.engine.stats.RemotePicks;
import io.jlvs.engine.stats.RemotePicks.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the picks that siblings were asked for; of services that ask, each outcome is there before it occurs. */
final class RemoteMetrics {

    private static final Map<Outcome, LabelText> OUTCOMES = Arrays.stream(Outcome.values())
            .collect(toMap(
                    outcome -> outcome,
                    outcome -> LabelText.of(
                            List.of("outcome"), List.of(outcome.name().toLowerCase(Locale.ROOT)))));

    private final Subjects subjects;
    private final RemotePicks picks;

    RemoteMetrics(Subjects subjects, RemotePicks picks) {
        this.subjects = subjects;
        this.picks = picks;
    }

    void collect(Samples samples) {
        var sums = new Sums();
        var sink = subjects.labelling().has(Label.SERVICE) ? samples : sums;
        for (var service : subjects.services()) {
            if (picks.has(service.key())) {
                OUTCOMES.forEach((outcome, label) -> sink.add(
                        Metric.REMOTE_PICKS, service.labels().and(label), picks.counted(service.key(), outcome)));
            }
        }
        sums.addTo(samples);
        picks.retain(subjects::isConfigured);
    }
}
