package io.jlvs.engine.plugin;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Scheduler;
import java.util.Map;

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

    /** The modes alone, as a forwarding table wants them. */
    public Map<String, ForwardingMode> modesByName() {
        return modes.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().instance()));
    }
}
