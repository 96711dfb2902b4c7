package io.jlvs.engine.stats;

import io.jlvs.api.ServiceKey;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** What became of the picks that siblings were asked for, by service, since the engine began. For any thread. */
public final class RemotePicks {

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    private record Key(ServiceKey service, Outcome outcome) {}

    /** What became of one. */
    public enum Outcome {
        /** The sibling named a server that could be used. */
        ANSWERED,
        /** There was no answer by the deadline; one that comes later is not looked at. */
        LATE,
        /** Nobody listens at the address. */
        ABSENT,
        /** The answer was an error, or no server that could be used. */
        WRONG,
        /** The sibling was not asked, since it has failed before or has too many questions to answer already. */
        SKIPPED
    }

    /** From now on the service has figures, at first all zero. */
    public void begin(ServiceKey service) {
        for (var outcome : Outcome.values()) {
            of(service, outcome);
        }
    }

    /** Whether siblings are, or were, asked for the service. */
    public boolean has(ServiceKey service) {
        return Arrays.stream(Outcome.values()).anyMatch(outcome -> counts.containsKey(new Key(service, outcome)));
    }

    /** Counts one. */
    public void count(ServiceKey service, Outcome outcome) {
        of(service, outcome).increment();
    }

    /** How many there were; 0 for a service without figures. */
    public long counted(ServiceKey service, Outcome outcome) {
        var count = counts.get(new Key(service, outcome));
        return count == null ? 0 : count.sum();
    }

    /** Forgets all others. */
    public void retain(Predicate<ServiceKey> services) {
        counts.keySet().removeIf(key -> !services.test(key.service()));
    }

    private LongAdder of(ServiceKey service, Outcome outcome) {
        return counts.computeIfAbsent(new Key(service, outcome), _ -> new LongAdder());
    }
}
