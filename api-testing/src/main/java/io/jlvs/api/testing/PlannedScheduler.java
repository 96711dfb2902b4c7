package io.jlvs.api.testing;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose plans are followed instead of its picks, wherever it offers one. What was walked of a cycle is played
 * to its picker, as the engine does it. For pools of {@link FakeServer}s.
 *
 * @param followers makes one for each new plan of a pool
 */
public record PlannedScheduler(Scheduler planner, BiFunction<ServerPool, Plan, PlanFollower> followers)
        implements Scheduler {

    /** Plans are followed by a {@link PlanRunner}. */
    public PlannedScheduler(Scheduler planner) {
        this(planner, (_, plan) -> new PlanRunner(plan));
    }

    @Override
    public String name() {
        return planner.name();
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var before = previous instanceof Planned planned ? planned.planner : previous;
        var picker = planner.prepare(pool, before);
        var plan = picker.plan();
        return plan == null ? picker : new Planned(pool, picker, followers.apply(pool, plan));
    }

    private record Planned(ServerPool pool, Picker planner, PlanFollower follower) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            long before = follower.walked();
            var server = follower.pick(flow);
            ignoreLimits(true);
            for (long place = before; place < follower.walked(); place++) {
                planner.pick(flow);
            }
            ignoreLimits(false);
            return server;
        }

        private void ignoreLimits(boolean ignored) {
            pool.all().forEach(server -> ((FakeServer) server).ignoreLimits(ignored));
        }
    }
}
