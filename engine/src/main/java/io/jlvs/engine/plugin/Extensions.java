package io.jlvs.engine.plugin;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Scheduler;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all loaded plugins offer at one moment.
 *
 * @param schedulers by name and by alias
 * @param modes by name
 */
public record Extensions(Map<String, Offer<Scheduler>> schedulers, Map<String, Offer<ForwardingMode>> modes) {

    public static final Extensions NONE = new Extensions(Map.of(), Map.of());

    public Extensions {
        schedulers = Map.copyOf(schedulers);
        modes = Map.copyOf(modes);
    }

    /**
     * The scheduler that picks when one is named: itself, or the fallback of one that asks somebody else. Null when no
     * plugin offers it.
     */
    public @Nullable Offer<Scheduler> picking(String name) {
        var named = schedulers.get(name);
        if (named == null || !(named.instance() instanceof AskingScheduler asking)) {
            return named;
        }
        var fallback = schedulers.get(asking.fallback());
        return fallback == null || fallback.instance() instanceof AskingScheduler ? null : fallback;
    }

    /** The names of the schedulers that a service needs which names one. */
    public Stream<String> needed(String scheduler) {
        var named = schedulers.get(scheduler);
        return named != null && named.instance() instanceof AskingScheduler asking
                ? Stream.of(scheduler, asking.fallback())
                : Stream.of(scheduler);
    }

    /** The modes alone, as a forwarding table wants them. */
    public Map<String, ForwardingMode> modesByName() {
        return modes.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().instance()));
    }
}
