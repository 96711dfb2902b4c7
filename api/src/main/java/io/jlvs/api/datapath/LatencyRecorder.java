package io.jlvs.api.datapath;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts how long something took. Any thread may record and read; a reader may see one of a pair of sums earlier. */
public final class LatencyRecorder {

    private final AtomicLongArray counts = new AtomicLongArray(LatencyHistogram.BUCKETS);
    private final LongAdder sumNanos = new LongAdder();

    /** Counts one more. */
    public void record(long nanos) {
        counts.incrementAndGet(LatencyHistogram.bucketOf(nanos));
        sumNanos.add(nanos);
    }

    /** Counts how long it has been since then, as {@link System#nanoTime} has it. */
    public void recordSince(long beganNanoTime) {
        record(System.nanoTime() - beganNanoTime);
    }

    /** What was counted until now. */
    public LatencyHistogram histogram() {
        var now = new long[LatencyHistogram.BUCKETS];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts.get(i);
        }
        return new LatencyHistogram(now, sumNanos.sum());
    }
}
