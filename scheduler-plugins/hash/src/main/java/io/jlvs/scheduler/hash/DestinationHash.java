package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code dh}: connections to the same virtual address go to the same server while the servers stay the same, whatever
 * their weights: for caches behind a service by firewall mark. Who hashes to a server that is overloaded, or whose weight
 * is 0, is refused.
 */
@Extension
public final class DestinationHash implements Scheduler {

    @Override
    public String name() {
        return "dh";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Buckets(Buckets.fill(pool.all(), _ -> 1), Plan.Slots.Hash.DESTINATION, pool);
    }
}
