package io.jlvs.api.spi;

import io.jlvs.api.Flow;
import org.jspecify.annotations.Nullable;

/** Picks the servers of one virtual service, one connection after the other. */
@FunctionalInterface
public interface Picker {

    /**
     * Picks a server for a new connection. Called only when at least one server is eligible; must not block.
     *
     * @return a server of the pool that is {@link Server#eligible()}, or null to refuse the connection although others
     *     are eligible (as {@code mh} without fallback does)
     */
    @Nullable
    Server pick(Flow flow);

    /**
     * The picks to come, for data paths that pick without asking, or null when each must be asked for. Changes nothing.
     * Asked after each change of the service. The places of a {@link Plan.Cycle} that a data path has walked are played to
     * {@link #pick} before the next {@link Scheduler#prepare}, with no server overloaded meanwhile, so that a picker knows
     * where its cycle stands.
     */
    default @Nullable Plan plan() {
        return null;
    }
}
