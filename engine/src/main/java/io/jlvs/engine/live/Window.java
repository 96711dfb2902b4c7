package io.jlvs.engine.live;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.util.Map;

/**
 * All counters at two moments, and what has become of them between: quicker to show a change than IPVS's estimates, which
 * take some seconds.
 */
record Window(Reading from, Reading to) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * The counters at one moment.
     *
     * @param nanos {@link System#nanoTime} then
     * @param refused clients turned away, by service
     * @param dropped packets
     * @param latencies of the servers that have any
     */
    record Reading(
            long nanos,
            TrafficSnapshot traffic,
            Map<ServiceKey, Long> refused,
            long dropped,
            Map<ServerId, LatencyHistogram> latencies) {}

    /** Per second. */
    record Speeds(double connections, double inPackets, double outPackets, double inBytes, double outBytes) {

        static final Speeds NONE = new Speeds(0, 0, 0, 0, 0);

        Speeds plus(Speeds other) {
            return new Speeds(
                    connections + other.connections,
                    inPackets + other.inPackets,
                    outPackets + other.outPackets,
                    inBytes + other.inBytes,
                    outBytes + other.outBytes);
        }
    }

    Speeds speeds(ServiceKey service) {
        return speeds(from.traffic.of(service), to.traffic.of(service));
    }

    Speeds speeds(ServerId server) {
        return speeds(from.traffic.of(server), to.traffic.of(server));
    }

    double refusedPerSecond(ServiceKey service) {
        return perSecond(to.refused.getOrDefault(service, 0L) - from.refused.getOrDefault(service, 0L));
    }

    double droppedPerSecond() {
        return perSecond(to.dropped - from.dropped);
    }

    /** How many connections a server has accepted meanwhile. */
    long accepted(ServerId server) {
        return latency(to, server).count() - latency(from, server).count();
    }

    /** How long a server took to accept on average, in ms: meanwhile, or ever; negative when it never did. */
    double connectMillis(ServerId server) {
        var before = latency(from, server);
        var now = latency(to, server);
        long count = now.count() - before.count();
        if (count > 0) {
            return (now.sumNanos() - before.sumNanos()) / NANOS_PER_MILLI / count;
        }
        return now.count() == 0 ? -1 : now.sumNanos() / NANOS_PER_MILLI / now.count();
    }

    private static LatencyHistogram latency(Reading reading, ServerId server) {
        return reading.latencies.getOrDefault(server, LatencyHistogram.EMPTY);
    }

    private Speeds speeds(Traffic before, Traffic now) {
        return new Speeds(
                perSecond(now.connections() - before.connections()),
                perSecond(now.inPackets() - before.inPackets()),
                perSecond(now.outPackets() - before.outPackets()),
                perSecond(now.inBytes() - before.inBytes()),
                perSecond(now.outBytes() - before.outBytes()));
    }

    /** What has begun anew has no rate yet. */
    private double perSecond(long more) {
        var nanos = to.nanos - from.nanos;
        return nanos <= 0 ? 0 : Math.max(0, more) * NANOS_PER_SECOND / nanos;
    }
}
