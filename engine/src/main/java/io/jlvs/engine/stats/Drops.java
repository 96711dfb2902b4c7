package io.jlvs.engine.stats;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many events each gateway did not deliver, since the engine began. For any thread. */
public final class Drops {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Where to count for a gateway; from then on it is told of, with 0 too. */
    public LongAdder of(String gateway) {
        return counts.computeIfAbsent(gateway, _ -> new LongAdder());
    }

    /** The counts by gateway. */
    public Map<String, Long> counts() {
        var now = new TreeMap<String, Long>();
        counts.forEach((gateway, count) -> now.put(gateway, count.sum()));
        return now;
    }
}
