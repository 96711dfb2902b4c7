package io.jlvs.api.datapath;

import java.util.Arrays;

/**
 * How often something took how long: {@value #BUCKETS} buckets, of which bucket {@code b} counts what took longer than
 * {@link #boundNanos boundNanos(b - 1)} and at most {@code boundNanos(b)}; the last has no upper bound. The bounds are 0.1,
 * 0.25 and 0.5 ms, and so on up to 5 s. Immutable.
 */
public final class LatencyHistogram {

    public static final int BUCKETS = 16;

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long[] BOUNDS = {
        100 * MICRO,
        250 * MICRO,
        500 * MICRO,
        MILLI,
        2_500 * MICRO,
        5 * MILLI,
        10 * MILLI,
        25 * MILLI,
        50 * MILLI,
        100 * MILLI,
        250 * MILLI,
        500 * MILLI,
        1_000 * MILLI,
        2_500 * MILLI,
        5_000 * MILLI
    };

    /** Nothing has happened yet. */
    public static final LatencyHistogram EMPTY = new LatencyHistogram(new long[BUCKETS], 0);

    private final long[] counts;
    private final long sumNanos;

    /**
     * Takes counts that were kept elsewhere.
     *
     * @param counts one for each bucket, not added up
     * @param sumNanos of all that was counted
     * @throws IllegalArgumentException if there are not {@value #BUCKETS} counts
     */
    public LatencyHistogram(long[] counts, long sumNanos) {
        if (counts.length != BUCKETS) {
            throw new IllegalArgumentException("expected " + BUCKETS + " counts, found " + counts.length);
        }
        this.counts = counts.clone();
        this.sumNanos = sumNanos;
    }

    /** The longest time that a bucket counts, in ns; the last bucket has none. */
    public static long boundNanos(int bucket) {
        return BOUNDS[bucket];
    }

    /** The bucket, 0..15, that counts what took so long. */
    public static int bucketOf(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** What one bucket has counted. */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** What all buckets have counted. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    public long sumNanos() {
        return sumNanos;
    }

    /** What both have counted. */
    public LatencyHistogram plus(LatencyHistogram other) {
        var sums = counts.clone();
        for (int i = 0; i < BUCKETS; i++) {
            sums[i] += other.counts[i];
        }
        return new LatencyHistogram(sums, sumNanos + other.sumNanos);
    }
}
