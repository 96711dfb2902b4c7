package io.jlvs.api.testing;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Server;
import org.jspecify.annotations.Nullable;

/** Picks by a {@link io.jlvs.api.spi.Plan} that it was given. */
public interface PlanFollower {

    /** The server that the plan leads to; null when it refuses the flow or nobody is eligible. */
    @Nullable
    Server pick(Flow flow);

    /** How many places of a cycle were walked, those stepped over included. */
    long walked();
}
