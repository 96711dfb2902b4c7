package io.jlvs.engine.plugin;

import java.util.List;
import java.util.Set;

/** Knows which virtual services need what a plugin offers. Called on the plugin host's thread; must not block. */
@FunctionalInterface
public interface UsedBy {

    /**
     * The services that name one of these schedulers, or have a real server in one of these modes.
     *
     * @param schedulers names and aliases
     */
    List<String> servicesThatUse(Set<String> schedulers, Set<String> modes);
}
