package io.jlvs.scheduler.locality;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of virtual addresses that were asked for lately: of 16,384 at most, the longest unused gives way, and
 * none is kept that was not asked for within the lifetime. For one thread.
 */
final class Recent<V> {

    private static final int MOST = 16_384;

    private record Entry<V>(V value, long usedAt) {}

    private final LongSupplier clock;
    private final SequencedMap<InetAddress, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param clock ns, as {@link System#nanoTime} */
    Recent(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param lifetime ns without use after which an entry is no more */
    @Nullable
    V find(InetAddress address, long lifetime) {
        while (!entries.isEmpty() && now() - entries.firstEntry().getValue().usedAt > lifetime) {
            entries.pollFirstEntry();
        }
        var entry = entries.get(address);
        return entry == null ? null : entry.value;
    }

    /** Remembers it, or that it was used just now. */
    void put(InetAddress address, V value) {
        entries.put(address, new Entry<>(value, now()));
        if (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
    }

    /** ns. */
    long now() {
        return clock.getAsLong();
    }
}
