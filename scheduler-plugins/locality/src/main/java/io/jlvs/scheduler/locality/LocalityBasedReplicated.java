package io.jlvs.scheduler.locality;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code lblcr}: a virtual address has a set of servers, and the least loaded of them is picked. When even that has too
 * much to do while others have little, another joins the set; when the set stays the same for long, its most loaded
 * leaves.
 */
@Extension
public final class LocalityBasedReplicated implements Scheduler {

    private final LongSupplier clock;

    public LocalityBasedReplicated() {
        this(System::nanoTime);
    }

    LocalityBasedReplicated(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "lblcr";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var sets = previous instanceof Residences before ? before.sets : new Recent<ServerSet>(clock);
        return new Residences(pool, Load.byEndpoint(pool.all()), sets);
    }

    private record Residences(ServerPool pool, Map<Endpoint, Server> there, Recent<ServerSet> sets) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            var address = flow.virtual().address();
            var known = sets.find(address, expiration());
            var set = known == null ? new ServerSet(sets.now()) : known;
            var server = set.least(there);
            if (sets.now() - set.changedAt() > expiration()) {
                set.shrink(there, sets.now());
            }
            if (server == null || Load.isTooMuch(server, pool.all())) {
                server = Load.least(pool.eligible());
                if (server == null) {
                    return null;
                }
                set.add(server, sets.now());
            }
            sets.put(address, set);
            return server;
        }

        /** ns. */
        private long expiration() {
            return TimeUnit.SECONDS.toNanos(pool.sysctls().number(Sysctl.LBLCR_EXPIRATION));
        }
    }
}
