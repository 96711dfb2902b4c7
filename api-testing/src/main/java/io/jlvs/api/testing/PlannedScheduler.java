package io.jlvs.api.testing;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler whose plans are followed instead of its picks, wherever it offers one. What was walked of a cycle is played
 * to its picker, as the engine does it. For pools of {@link FakeServer}s.
 */
record PlannedScheduler(Scheduler planner) implements Scheduler {

    @Override
    public String name() {
        return planner.name();
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var before = previous instanceof Planned planned ? planned.planner : previous;
        var picker = planner.prepare(pool, before);
        var plan = picker.plan();
        return plan == null ? picker : new Planned(pool, picker, new PlanRunner(plan));
    }

    private record Planned(ServerPool pool, Picker planner, PlanRunner runner) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            long before = runner.walked();
            var server = runner.pick(flow);
            ignoreLimits(true);
            for (long place = before; place < runner.walked(); place++) {
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
