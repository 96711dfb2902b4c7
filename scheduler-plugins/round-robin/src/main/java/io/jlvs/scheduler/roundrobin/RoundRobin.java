package io.jlvs.scheduler.roundrobin;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** {@code rr}: one after the other, whatever their weights, in the order of IPVS. */
@Extension
public final class RoundRobin implements Scheduler {

    @Override
    public String name() {
        return "rr";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Ring(pool.all(), previous instanceof Ring before ? before.lastAmong(pool.all()) : -1);
    }

    private static final class Ring implements Picker {

        private final List<? extends Server> servers;
        private int last;

        /** @param last index of the server chosen last, -1 to begin at the head */
        Ring(List<? extends Server> servers, int last) {
            this.servers = servers;
            this.last = last;
        }

        @Override
        public @Nullable Server pick(Flow flow) {
            for (int step = 1; step <= servers.size(); step++) {
                int next = (last + step) % servers.size();
                if (servers.get(next).eligible()) {
                    last = next;
                    return servers.get(next);
                }
            }
            return null;
        }

        @Override
        public @Nullable Plan plan() {
            var order = IntStream.rangeClosed(1, servers.size())
                    .mapToObj(step -> servers.get((last + step) % servers.size()))
                    .filter(server -> server.weight() > 0)
                    .toList();
            return order.isEmpty() || order.size() > Plan.Cycle.MAX_LENGTH ? null : new Plan.Cycle(order, 0);
        }

        /** Where the last one stands in a changed list; one that has gone hands over to its predecessor. */
        int lastAmong(List<? extends Server> changed) {
            int index = last;
            while (index >= 0 && !changed.contains(servers.get(index))) {
                index--;
            }
            return index < 0 ? -1 : changed.indexOf(servers.get(index));
        }
    }
}
