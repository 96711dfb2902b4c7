package io.jlvs.datapath.user;

import io.jlvs.api.datapath.LatencyHistogram;
import io.jlvs.api.datapath.LatencyRecorder;
import io.jlvs.api.datapath.ServerLoad;
import java.util.concurrent.atomic.AtomicInteger;

/** The counters of a real server, and the connections that it has now. */
final class ServerCounter extends TrafficCounter implements ServerLoad {

    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger inactive = new AtomicInteger();
    private final LatencyRecorder connectLatency = new LatencyRecorder();

    @Override
    public int active() {
        return active.get();
    }

    @Override
    public int inactive() {
        return inactive.get();
    }

    void accepted(long connectNanos) {
        connectLatency.record(connectNanos);
    }

    LatencyHistogram connectLatency() {
        return connectLatency.histogram();
    }

    boolean inUse() {
        return active.get() > 0 || inactive.get() > 0;
    }

    void add(boolean isActive) {
        (isActive ? active : inactive).incrementAndGet();
    }

    void remove(boolean isActive) {
        (isActive ? active : inactive).decrementAndGet();
    }
}
