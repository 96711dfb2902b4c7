package io.jlvs.engine.schedule;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the connections of one virtual service: its template, then its scheduler, then, when the scheduler fails
 * or insists on a server that can't be reached, the next eligible server. Owned by one thread.
 */
final class ServiceScheduling {

    private final ServicePool pool;
    private final BiConsumer<Offer<?>, Throwable> failures;
    private @Nullable Offer<Scheduler> scheduler;
    private @Nullable Picker picker;
    private int fallbackTurn;

    ServiceScheduling(
            ServiceEntry entry, Function<ServerId, ServerLoad> loads, BiConsumer<Offer<?>, Throwable> failures) {
        this.pool = new ServicePool(entry, loads);
        this.failures = failures;
    }

    /** Takes the service as it is now, and the scheduler that its name stands for now. */
    @SuppressWarnings("ReferenceEquality") // an entry or plugin that did not change is the same object
    void goOver(ServiceEntry entry, Extensions extensions) {
        var next = extensions.schedulers().get(entry.service().scheduler());
        var sameScheduler = next != null && scheduler != null && next.instance() == scheduler.instance();
        var serversChanged = entry != pool.entry() && pool.goOver(entry);
        if (!sameScheduler || serversChanged) {
            picker = next == null ? null : prepare(next, sameScheduler ? picker : null);
        }
        scheduler = next;
    }

    /** Decides where a connection goes. */
    Pick decide(ConnectionRequested request) {
        pool.refreshEligible();
        var templates = pool.templates();
        var client = request.flow().client().address();
        if (templates != null) {
            var remembered = templates.find(client);
            if (remembered != null && pool.all().contains(remembered) && reachable(remembered, request)) {
                templates.remember(client, remembered);
                return forward(remembered, How.PERSISTENCE, 0);
            }
        }
        var pick = schedule(request);
        if (templates != null && pick.server() != null) {
            templates.remember(client, pick.server());
        }
        return pick;
    }

    private Pick schedule(ConnectionRequested request) {
        if (scheduler == null) {
            return refuse(RefusalReason.NO_SCHEDULER);
        }
        if (pool.eligible().isEmpty()) {
            return refuse(RefusalReason.NO_SERVER);
        }
        return picker == null ? fallback(request) : ask(scheduler, picker, request);
    }

    private Pick ask(Offer<Scheduler> offer, Picker asked, ConnectionRequested request) {
        var began = System.nanoTime();
        try {
            var answer = asked.pick(request.flow());
            var nanos = System.nanoTime() - began;
            if (answer == null) {
                return refuse(RefusalReason.SCHEDULER_REFUSED);
            }
            if (!(answer instanceof PooledServer server) || !pool.eligible().contains(server)) {
                throw new IllegalStateException("picked " + answer + ", which is not among the eligible servers");
            }
            return reachable(server, request) ? forward(server, How.SCHEDULER, nanos) : fallback(request);
        } catch (Throwable e) { // a stranger's code: an Error of its own must not end the pipeline either
            failures.accept(offer, e);
            return fallback(request);
        }
    }

    private Pick fallback(ConnectionRequested request) {
        var eligible = pool.eligible();
        for (int i = 0; i < eligible.size(); i++) {
            var server = eligible.get(Math.floorMod(fallbackTurn++, eligible.size()));
            if (reachable(server, request)) {
                return forward(server, How.FALLBACK, 0);
            }
        }
        return refuse(RefusalReason.UNREACHABLE);
    }

    private @Nullable Picker prepare(Offer<Scheduler> offer, @Nullable Picker previous) {
        try {
            return offer.instance().prepare(pool, previous);
        } catch (Throwable e) { // as in ask
            failures.accept(offer, e);
            return null;
        }
    }

    private static boolean reachable(PooledServer server, ConnectionRequested request) {
        return !request.unreachable().contains(server.endpoint());
    }

    private Pick forward(PooledServer server, How how, long nanos) {
        return new Pick(new Decision.Forward(server.id(), server.server()), server, schedulerName(), how, nanos);
    }

    private Pick refuse(RefusalReason reason) {
        return new Pick(new Decision.Refuse(reason), null, schedulerName(), How.SCHEDULER, 0);
    }

    private String schedulerName() {
        return pool.entry().service().scheduler();
    }

    /**
     * A decision and how it came about.
     *
     * @param server null when refused
     */
    record Pick(Decision decision, @Nullable PooledServer server, String scheduler, How how, long nanos) {}
}
