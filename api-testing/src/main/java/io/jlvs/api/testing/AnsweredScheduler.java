package io.jlvs.api.testing;

import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Bus;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.ServerPool;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that asks, made an ordinary one by a bus that answers at once, so that {@link SchedulerContract} holds it to
 * its picks.
 */
public record AnsweredScheduler(AskingScheduler asking, Bus bus) implements Scheduler {

    @Override
    public String name() {
        return asking.name();
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var picker = asking.prepare(pool, previous);
        return flow -> picker.ask(flow, bus).toCompletableFuture().join();
    }
}
