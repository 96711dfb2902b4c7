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
 * {@code lblc}: a virtual address stays with the server that it was given to, until that has too much to do while others
 * have little: for caches behind a service by firewall mark. A new address gets the server with the fewest connections
 * for its weight.
 */
@Extension
public final class LocalityBased implements Scheduler {

    private final LongSupplier clock;

    public LocalityBased() {
        this(System::nanoTime);
    }

    LocalityBased(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "lblc";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var homes = previous instanceof Residence before ? before.homes : new Recent<Endpoint>(clock);
        return new Residence(pool, Load.byEndpoint(pool.all()), homes);
    }

    /** @param homes by endpoint, as a server that leaves and returns has its addresses again */
    private record Residence(ServerPool pool, Map<Endpoint, Server> there, Recent<Endpoint> homes) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            var address = flow.virtual().address();
            var home = homes.find(address, expiration());
            var known = home == null ? null : there.get(home);
            var server = known != null && known.eligible() && !Load.isTooMuch(known, pool.all())
                    ? known
                    : Load.least(pool.eligible());
            if (server != null) {
                homes.put(address, server.endpoint());
            }
            return server;
        }

        /** ns. */
        private long expiration() {
            return TimeUnit.SECONDS.toNanos(pool.sysctls().number(Sysctl.LBLC_EXPIRATION));
        }
    }
}
