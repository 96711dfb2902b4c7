package io.jlvs.datapath.ebpf;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that Java was asked about: which wait for an answer, and which were told as scheduled by who answered. */
final class Asked {

    /** Longer than an answered connection waits for its first packet. */
    private static final long MEMORY_NANOS = 10_000_000_000L;

    /** An answer that never comes must not silence a client: it may ask again with its next packet. */
    private final ConcurrentMap<FlowKey, Boolean> pending = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(1))
            .<FlowKey, Boolean>build()
            .asMap();

    private final ConcurrentSkipListSet<Long> answered = new ConcurrentSkipListSet<>();
    private final AtomicLong last = new AtomicLong();

    /** Whether the flow is to be asked about: a client that repeats its packet waits for the same answer. */
    boolean begin(FlowKey flow) {
        return pending.putIfAbsent(flow, true) == null;
    }

    void end(FlowKey flow) {
        pending.remove(flow);
    }

    /** The number of a new connection: when it was asked about, in nanoseconds, no two the same. */
    long nextId() {
        return last.accumulateAndGet(MonotonicClock.now(), (before, now) -> Math.max(before + 1, now));
    }

    /** Notes that a connection was scheduled by an answer, which tells of itself. */
    void answered(long id) {
        answered.headSet(id - MEMORY_NANOS).clear();
        answered.add(id);
    }

    /** Whether the connection that the programs tell as scheduled was told already. */
    boolean wasTold(long id) {
        return answered.remove(id);
    }
}
