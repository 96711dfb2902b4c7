package io.jlvs.engine.schedule;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the connections of one virtual service: its template, then its scheduler, then, when the scheduler fails
 * or insists on a server that can't be reached, the next eligible server. A scheduler that asks stands before the one that
 * it falls back on. Owned by one thread.
 */
final class ServiceScheduling {

    /** Who connects to a scheduler to which all are alike. */
    static final Flow ANYBODY = new Flow(Protocol.TCP, Endpoint.of("0.0.0.0", 0), Endpoint.of("0.0.0.0", 0));

    private final DataPath dataPath;
    private final ServicePool pool;
    private final BiConsumer<Offer<?>, Throwable> failures;
    private final Siblings siblings;
    private @Nullable Asking asking;
    private @Nullable Offer<Scheduler> scheduler;
    private @Nullable Picker picker;
    private @Nullable Plan plan;
    private int fallbackTurn;

    ServiceScheduling(
            ServiceEntry entry, DataPath dataPath, BiConsumer<Offer<?>, Throwable> failures, Siblings siblings) {
        this.dataPath = dataPath;
        this.pool = new ServicePool(entry, dataPath);
        this.failures = failures;
        this.siblings = siblings;
    }

    /**
     * Takes the service as it is now, and the scheduler that its name stands for now.
     *
     * @return the plan by which a data path may decide from now on, the same object unless something changed; null when it
     *     has to ask
     */
    @SuppressWarnings("ReferenceEquality") // an entry or plugin that did not change is the same object
    @Nullable
    Plan goOver(ServiceEntry entry, Extensions extensions) {
        var named = extensions.schedulers().get(entry.service().scheduler());
        var next = extensions.picking(entry.service().scheduler());
        var sameAsking = asking == null ? named == next : named != null && asking.isOf(named.instance());
        var sameScheduler = next != null && scheduler != null && next.instance() == scheduler.instance();
        if (sameAsking && sameScheduler && entry == pool.entry()) {
            return plan;
        }
        if (scheduler != null && picker != null && sameScheduler) {
            catchUp(scheduler, picker);
        }
        var serversChanged = entry != pool.entry() && pool.goOver(entry);
        if (!sameScheduler || serversChanged) {
            picker = next == null ? null : prepare(next, sameScheduler ? picker : null);
        }
        if (!sameAsking || serversChanged) {
            asking = named == null || named == next ? null : prepareToAsk(named, sameAsking ? asking : null);
        }
        if (asking != null && next == null) {
            failures.accept(named, new IllegalStateException("its fallback is offered by no plugin"));
        }
        scheduler = next;
        plan = asking == null ? plan() : null;
        return plan;
    }

    /** Lets the picker make the picks that the data path has made by its cycle. */
    private void catchUp(Offer<Scheduler> offer, Picker behind) {
        if (plan instanceof Plan.Cycle cycle) {
            int places = cycle.reduce(dataPath.picks(pool.entry().key()));
            pool.withoutLimits(() -> play(offer, behind, places));
        }
    }

    private void play(Offer<Scheduler> offer, Picker player, int places) {
        try {
            for (int place = 0; place < places; place++) {
                player.pick(ANYBODY);
            }
        } catch (Throwable e) { // as in ask
            failures.accept(offer, e);
        }
    }

    private @Nullable Plan plan() {
        if (scheduler == null || picker == null) {
            return null;
        }
        try {
            var offered = picker.plan();
            if (offered != null && !servers(offered).allMatch(Set.<Server>copyOf(pool.all())::contains)) {
                throw new IllegalStateException("plans with a server that is not of the pool");
            }
            return offered;
        } catch (Throwable e) { // as in ask
            failures.accept(scheduler, e);
            return null;
        }
    }

    private static Stream<? extends Server> servers(Plan plan) {
        return switch (plan) {
            case Plan.Cycle cycle -> cycle.order().stream();
            case Plan.LeastCost cost -> cost.servers().stream();
            case Plan.Heaviest heaviest -> heaviest.servers().stream();
            case Plan.TwoChoices choices -> choices.servers().stream();
            case Plan.Slots slots -> slots.slots().stream().filter(Objects::nonNull);
        };
    }

    /** Who is to be asked, once, before a connection is decided; null when it can be decided at once. */
    @Nullable
    Asking toAsk(ConnectionRequested request) {
        if (asking == null || !request.unreachable().isEmpty()) {
            return null;
        }
        pool.refreshEligible();
        return pool.eligible().isEmpty() || remembered(request) != null ? null : asking;
    }

    /**
     * Decides where a connection goes.
     *
     * @param answer of who was asked; the service may have changed since
     */
    Pick decide(ConnectionRequested request, Asking.@Nullable Answer answer) {
        pool.refreshEligible();
        var remembered = remembered(request);
        var pick = remembered == null ? schedule(request, answer) : forward(remembered, How.PERSISTENCE, 0);
        if (pool.templates() != null && pick.server() != null) {
            pool.templates().remember(request.flow().client().address(), pick.server());
        }
        return pick;
    }

    private @Nullable PooledServer remembered(ConnectionRequested request) {
        var templates = pool.templates();
        var server = templates == null
                ? null
                : templates.find(request.flow().client().address());
        return server != null && isUsable(server) && reachable(server, request) ? server : null;
    }

    private boolean isUsable(PooledServer remembered) {
        return pool.all().contains(remembered)
                && (remembered.weight() > 0 || !pool.sysctls().isOn(Sysctl.EXPIRE_QUIESCENT_TEMPLATE));
    }

    private Pick schedule(ConnectionRequested request, Asking.@Nullable Answer answer) {
        if (answer != null && answer.server() != null && isStillGood(answer, answer.server())) {
            return forward(answer.server(), How.SCHEDULER, answer.nanos());
        }
        if (scheduler == null && asking == null) {
            return refuse(RefusalReason.NO_SCHEDULER);
        }
        if (pool.eligible().isEmpty()) {
            return refuse(RefusalReason.NO_SERVER);
        }
        return scheduler == null || picker == null ? fallback(request) : ask(scheduler, picker, request);
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
            return reachable(server, request) ? forward(server, usually(), nanos) : fallback(request);
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

    private @Nullable Asking prepareToAsk(Offer<Scheduler> offer, @Nullable Asking before) {
        if (!(offer.instance() instanceof AskingScheduler asker)) {
            return null;
        }
        var next = before == null ? new Asking(asker, pool, siblings, e -> failures.accept(offer, e)) : before;
        next.prepare();
        return next;
    }

    /** The service may have another scheduler by now, or be another one of the same name. */
    private boolean isStillGood(Asking.Answer answer, PooledServer server) {
        return answer.by() == asking && pool.eligible().contains(server);
    }

    /** What stands behind a scheduler that asks is its fallback. */
    private How usually() {
        return asking == null ? How.SCHEDULER : How.FALLBACK;
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
