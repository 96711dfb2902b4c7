package io.jlvs.engine.schedule;

import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.AskingPicker;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Bus;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.engine.stats.RemotePicks.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one service's asking scheduler. Each is answered by its deadline, if only by nothing: nobody waits for
 * longer, and nobody waits for a sibling that is dead. Owned by one thread, on which answers come too.
 */
final class Asking {

    /** As many connections as may wait for one sibling; those that come then are picked for at once. */
    static final int MOST_UNDER_WAY = 1000;

    private final AskingScheduler scheduler;
    private final ServicePool pool;
    private final Siblings siblings;
    private final Consumer<Throwable> failures;
    private final Duration deadline;
    private final Bus bus;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private @Nullable AskingPicker picker;
    private int underWay;

    /** @param failures told of what the scheduler throws; what its sibling does wrong is told by the siblings */
    Asking(AskingScheduler scheduler, ServicePool pool, Siblings siblings, Consumer<Throwable> failures) {
        this.scheduler = scheduler;
        this.pool = pool;
        this.siblings = siblings;
        this.failures = failures;
        this.deadline = scheduler.deadline();
        this.bus = siblings.bus(deadline);
        siblings.begin(service());
    }

    /**
     * What came of a question.
     *
     * @param by whose it was
     * @param server null when there is none that could be used
     */
    record Answer(Asking by, @Nullable PooledServer server, long nanos) {}

    /** Whether this asks on behalf of that scheduler. */
    @SuppressWarnings("ReferenceEquality") // each loaded plugin has one object
    boolean isOf(Scheduler instance) {
        return scheduler == instance;
    }

    /** Goes over to the servers that the pool has now. If the scheduler fails at that, nobody is asked. */
    void prepare() {
        try {
            picker = scheduler.prepare(pool, picker);
        } catch (Throwable e) { // a stranger's code, as in ServiceScheduling
            failures.accept(e);
            picker = null;
        }
    }

    /** Asks for a server; never fails. To be called when at least one is eligible. */
    Future<Answer> ask(Flow flow) {
        if (picker == null || underWay >= MOST_UNDER_WAY || !breaker.lets()) {
            siblings.count(service(), Outcome.SKIPPED);
            return Future.succeededFuture(new Answer(this, null, 0));
        }
        underWay++;
        var began = System.nanoTime();
        return answer(picker, flow)
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .transform((server, failure) ->
                        Future.succeededFuture(new Answer(this, settle(server, failure), System.nanoTime() - began)));
    }

    private Future<? extends Server> answer(AskingPicker asked, Flow flow) {
        try {
            return Future.fromCompletionStage(asked.ask(flow, bus), Vertx.currentContext());
        } catch (Throwable e) { // as in prepare
            failures.accept(e);
            return Future.failedFuture(e);
        }
    }

    private @Nullable PooledServer settle(@Nullable Server answered, @Nullable Throwable failure) {
        underWay--;
        pool.refreshEligible();
        if (failure == null
                && answered instanceof PooledServer server
                && pool.eligible().contains(server)) {
            succeeded();
            return server;
        }
        failed(failure == null ? new IllegalStateException(answered + " is not among the eligible servers") : failure);
        return null;
    }

    private void succeeded() {
        siblings.count(service(), Outcome.ANSWERED);
        if (breaker.succeeded()) {
            siblings.back(service());
        }
    }

    private void failed(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        var outcome = outcome(cause);
        siblings.count(service(), outcome);
        if (breaker.failed()) {
            siblings.silent(service(), reason(outcome, cause));
        }
    }

    private static Outcome outcome(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> Outcome.LATE;
            case ReplyException e when e.failureType() == ReplyFailure.TIMEOUT -> Outcome.LATE;
            case ReplyException e when e.failureType() == ReplyFailure.NO_HANDLERS -> Outcome.ABSENT;
            default -> Outcome.WRONG;
        };
    }

    private String reason(Outcome outcome, Throwable failure) {
        return switch (outcome) {
            case LATE -> "no answer within " + deadline.toMillis() + " ms";
            case ABSENT -> "nobody listens: " + failure.getMessage();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private ServiceKey service() {
        return pool.service();
    }
}
