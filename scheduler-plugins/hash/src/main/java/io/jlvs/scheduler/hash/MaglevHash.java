package io.jlvs.scheduler.hash;

import io.jlvs.api.Flow;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code mh}: the same client goes to the same server, on every director, and few clients move when servers come or go.
 * A server that is overloaded, or whose weight has become 0, keeps its clients: they are refused unless
 * {@code mh-fallback} is set.
 */
@Extension
public final class MaglevHash implements Scheduler {

    @Override
    public String name() {
        return "mh";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("ch");
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Lookup(new MaglevTable(pool.all(), MaglevTable.DEFAULT_SIZE), pool);
    }

    private record Lookup(MaglevTable table, ServerPool pool) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            int key = HashKey.of(
                    flow.client().address(), withPort() ? flow.client().port() : 0);
            int home = table.slot(key);
            var server = table.server(home);
            if (server == null || server.eligible()) {
                return server;
            }
            return withFallback() ? fallback(key, home) : null;
        }

        @Override
        public Plan plan() {
            return new Plan.Slots(table.slots(), Plan.Slots.Hash.MAGLEV, withPort(), withFallback());
        }

        /** Hashes again and again, so that the clients of a server that is out spread over all the others. */
        private @Nullable Server fallback(int key, int home) {
            for (int attempt = 0; attempt < table.size(); attempt++) {
                var server = table.server(table.slot(key + (home + attempt) % table.size()));
                if (server != null && server.eligible()) {
                    return server;
                }
            }
            return null;
        }

        private boolean withFallback() {
            return pool.flags().contains(SchedulerFlag.FLAG_1);
        }

        private boolean withPort() {
            return pool.flags().contains(SchedulerFlag.FLAG_2);
        }
    }
}
