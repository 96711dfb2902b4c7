package io.jlvs.engine.metrics;

import io.jlvs.engine.cluster.sync.SyncFigures;
import java.util.function.Supplier;

/** Connection synchronisation; nothing of a director that has never sent or received. */
final class SyncMetrics {

    private final Supplier<SyncFigures> figures;

    SyncMetrics(Supplier<SyncFigures> figures) {
        this.figures = figures;
    }

    void collect(Samples samples) {
        var now = figures.get();
        if (now.equals(SyncFigures.NONE)) {
            return;
        }
        samples.add(Metric.SYNC_MESSAGES_SENT, LabelText.NONE, now.messagesSent());
        samples.add(Metric.SYNC_BYTES_SENT, LabelText.NONE, now.bytesSent());
        samples.add(Metric.SYNC_SENT, LabelText.NONE, now.sent());
        samples.add(Metric.SYNC_DROPPED, LabelText.NONE, now.dropped());
        samples.add(Metric.SYNC_MESSAGES_RECEIVED, LabelText.NONE, now.messagesReceived());
        refused(samples, "filtered", now.filtered());
        refused(samples, "malformed", now.malformed());
        received(samples, "taken", now.taken());
        received(samples, "older", now.older());
        received(samples, "left-out", now.leftOut());
    }

    private static void refused(Samples samples, String reason, long messages) {
        samples.add(Metric.SYNC_MESSAGES_REFUSED, Metric.SYNC_MESSAGES_REFUSED.labels(reason), messages);
    }

    private static void received(Samples samples, String outcome, long entries) {
        samples.add(Metric.SYNC_RECEIVED, Metric.SYNC_RECEIVED.labels(outcome), entries);
    }
}
