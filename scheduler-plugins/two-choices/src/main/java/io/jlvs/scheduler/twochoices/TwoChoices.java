package io.jlvs.scheduler.twochoices;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code twos}: lots are drawn for two servers, heavy ones having more of them, and the less loaded of the two is picked:
 * nearly as even as {@code wlc} without looking at all (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing", 2001).
 */
@Extension
public final class TwoChoices implements Scheduler {

    /** How many inactive connections weigh as much as an active one. */
    private static final int ACTIVE = 256;

    @Override
    public String name() {
        return "twos";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        return new Draws(pool);
    }

    private record Draws(ServerPool pool) implements Picker {

        @Override
        public Server pick(Flow flow) {
            var lots = pool.eligible();
            long sum = 0;
            for (var server : lots) {
                sum += server.weight();
            }
            var first = draw(lots, sum);
            var second = draw(lots, sum);
            return second.weight() * overhead(first) > first.weight() * overhead(second) ? second : first;
        }

        @Override
        public Plan plan() {
            return new Plan.TwoChoices(pool.all(), ACTIVE, 1);
        }

        /** As in IPVS, zero is drawn too: the first server has one lot more. */
        private static Server draw(List<? extends Server> lots, long sum) {
            long lot = ThreadLocalRandom.current().nextLong(sum + 1);
            int at = 0;
            lot -= lots.get(at).weight();
            while (lot > 0) {
                lot -= lots.get(++at).weight();
            }
            return lots.get(at);
        }

        private static long overhead(Server server) {
            return (long) server.active() * ACTIVE + server.inactive();
        }
    }
}
