package io.jlvs.engine.plugin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What plugins did wrong in service. Any thread. */
final class Failures {

    private final Map<String, Long> counts = new HashMap<>();
    private final Set<Kind> told = new HashSet<>();

    /** Names only: a class would keep its unloaded plugin in memory. */
    private record Kind(String jar, String extension, String errorClass) {}

    /** Counts a failure; tells whether it is the first of its kind since the jar was loaded. */
    synchronized boolean count(Offer<?> offer, Throwable error) {
        counts.merge(offer.name(), 1L, Long::sum);
        return told.add(new Kind(offer.jar(), offer.name(), error.getClass().getName()));
    }

    /** Starts anew with a jar. */
    synchronized void forget(String jar) {
        told.removeIf(kind -> kind.jar().equals(jar));
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
