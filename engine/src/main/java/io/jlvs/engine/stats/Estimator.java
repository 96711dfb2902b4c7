package io.jlvs.engine.stats;

import io.jlvs.api.datapath.Traffic;
import java.time.Duration;

/**
 * The rates of one counter set. Every two seconds an average moves by a quarter of its distance to the rate of the last
 * two seconds, in fixed point, as IPVS's {@code ip_vs_est} does: connections and packets with 10 fraction bits, bytes
 * with 5.
 */
final class Estimator {

    /** How often {@link #tick} is to be called. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    private static final int COUNT_BITS = 10;
    private static final int BYTE_BITS = 5;

    private Traffic last;
    private long connections;
    private long inPackets;
    private long outPackets;
    private long inBytes;
    private long outBytes;

    /** Starts from zero: all that was counted before the first tick belongs to it. */
    Estimator() {
        this(Traffic.NONE);
    }

    Estimator(Traffic last) {
        this.last = last;
    }

    void tick(Traffic now) {
        var delta = now.minus(last);
        last = now;
        connections += step(delta.connections(), connections, COUNT_BITS);
        inPackets += step(delta.inPackets(), inPackets, COUNT_BITS);
        outPackets += step(delta.outPackets(), outPackets, COUNT_BITS);
        inBytes += step(delta.inBytes(), inBytes, BYTE_BITS);
        outBytes += step(delta.outBytes(), outBytes, BYTE_BITS);
    }

    Rates rates() {
        return new Rates(
                round(connections, COUNT_BITS),
                round(inPackets, COUNT_BITS),
                round(outPackets, COUNT_BITS),
                round(inBytes, BYTE_BITS),
                round(outBytes, BYTE_BITS));
    }

    private static long step(long delta, long average, int bits) {
        var perSecond = delta << (bits - 1);
        return (perSecond - average) >> 2;
    }

    private static long round(long average, int bits) {
        return (average + (1L << (bits - 1)) - 1) >> bits;
    }
}
