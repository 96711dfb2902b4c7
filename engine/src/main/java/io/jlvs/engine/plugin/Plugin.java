package io.jlvs.engine.plugin;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Scheduler;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plugin that is loaded.
 *
 * @param jar file name of the jar
 * @param content hash of the jar
 * @param schedulers by name and by alias
 * @param unload gives the class loader and the work copy back; called once
 */
record Plugin(
        String jar,
        String id,
        String version,
        String content,
        Map<String, Offer<Scheduler>> schedulers,
        Map<String, Offer<ForwardingMode>> modes,
        Runnable unload) {

    Plugin {
        schedulers = Map.copyOf(schedulers);
        modes = Map.copyOf(modes);
    }

    /** What it offers, sorted. */
    Stream<String> offers() {
        return Stream.of(schedulers.keySet(), modes.keySet())
                .flatMap(Set::stream)
                .sorted();
    }
}
