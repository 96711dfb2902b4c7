package io.jlvs.engine.stats;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.RefusalReason;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** How many clients each service has turned away, by reason, since the engine began. For any thread. */
public final class Refusals {

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    private record Key(ServiceKey service, RefusalReason reason) {}

    /** Counts one. */
    public void on(ConnectionRefused event) {
        counts.computeIfAbsent(new Key(event.service(), event.reason()), _ -> new LongAdder())
                .increment();
    }

    public long count(ServiceKey service, RefusalReason reason) {
        var count = counts.get(new Key(service, reason));
        return count == null ? 0 : count.sum();
    }

    /** For whatever reason. */
    public long count(ServiceKey service) {
        return Arrays.stream(RefusalReason.values())
                .mapToLong(reason -> count(service, reason))
                .sum();
    }

    /** Forgets all others, so that an event that comes late brings nothing back. */
    public void retain(Predicate<ServiceKey> services) {
        counts.keySet().removeIf(key -> !services.test(key.service()));
    }
}
