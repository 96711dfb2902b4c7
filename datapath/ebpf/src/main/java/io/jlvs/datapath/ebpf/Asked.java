package io.jlvs.datapath.ebpf;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections that Java was asked about: which wait for an answer, and which were told as scheduled by who answered. */
final class Asked {

    /** Longer than an answered connection waits for its first packet. */
    private static final long MEMORY_NANOS = 10_000_000_000L;

    /** As many packets of a flow as wait for its answer; more are dropped, as a full socket buffer would. */
    static final int MOST_WAITING = 16;

    /** An answer that never comes must not silence a client: a second after its first packet it may ask again. */
    private final ConcurrentMap<FlowKey, List<ProgramRun>> waiting = Caffeine.newBuilder()
            .expireAfter(Expiry.<FlowKey, List<ProgramRun>>creating((_, _) -> Duration.ofSeconds(1)))
            .build()
            .asMap();

    private final ConcurrentSkipListSet<Long> answered = new ConcurrentSkipListSet<>();
    private final AtomicLong last = new AtomicLong();

    /**
     * Lets a packet wait for the answer about its flow.
     *
     * @return whether it is the first, so that the flow is to be asked about: all that follow wait for the same answer
     */
    boolean begin(FlowKey flow, ProgramRun packet) {
        var packets = waiting.compute(flow, (_, before) -> with(packet, before));
        return packets.size() == 1;
    }

    private static List<ProgramRun> with(ProgramRun packet, @Nullable List<ProgramRun> before) {
        if (before == null) {
            return List.of(packet);
        }
        return before.size() >= MOST_WAITING
                ? before
                : Stream.concat(before.stream(), Stream.of(packet)).toList();
    }

    /** The packets that have waited, the first one first; nobody waits for this answer any more. */
    List<ProgramRun> end(FlowKey flow) {
        var packets = waiting.remove(flow);
        return packets == null ? List.of() : packets;
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
