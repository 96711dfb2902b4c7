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
}
