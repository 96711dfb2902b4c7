package io.jlvs.scheduler.overflow;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;

/** Picks what {@link Plan.Heaviest} says. */
record Heaviest(ServerPool pool, boolean withinWeight) implements Picker {

    @Override
    public @Nullable Server pick(Flow flow) {
        Server heaviest = null;
        for (var server : pool.eligible()) {
            var isOpen = !withinWeight || server.active() <= server.weight();
            if (isOpen && (heaviest == null || server.weight() > heaviest.weight())) {
                heaviest = server;
            }
        }
        return heaviest;
    }

    @Override
    public Plan plan() {
        return new Plan.Heaviest(pool.all(), withinWeight);
    }
}
