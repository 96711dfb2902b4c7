package io.jlvs.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/**
 * Decides which real server gets a new connection. One instance serves all virtual services that name it; what it must
 * remember for one service lives in that service's {@link Picker}.
 */
public interface Scheduler extends ExtensionPoint {

    /** The word that the operator types after {@code ipvsadm -s}: 1..15 characters. */
    String name();

    /** Other words for the same scheduler. */
    default Set<String> aliases() {
        return Set.of();
    }

    /**
     * Takes its options, once, before it is asked for anything but its name.
     *
     * @param options what jlvs.yaml says under {@code schedulers.NAME}: each key with its values; empty when it says nothing
     * @throws IllegalArgumentException if an option is unknown or makes no sense, saying what was expected
     */
    default void configure(Map<String, List<String>> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "scheduler " + name() + " has no options, found " + String.join(", ", options.keySet()));
        }
    }

    /**
     * Makes the picker of one virtual service. Called when the service starts to use this scheduler and again after each
     * change of its servers (added, removed, edited), never for a passing overload. All calls for one service come from
     * one thread, those of its picker included: neither needs a lock.
     *
     * @param pool the service's servers; {@link ServerPool#all()} is fixed, {@link ServerPool#eligible()} is live
     * @param previous the picker that this scheduler made before the change, or null at the start
     */
    Picker prepare(ServerPool pool, @Nullable Picker previous);
}
