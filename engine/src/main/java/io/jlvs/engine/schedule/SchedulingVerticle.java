package io.jlvs.engine.schedule;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.Plan;
import io.jlvs.engine.plugin.Offer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Owns the scheduling of a share of the virtual services. All its work is on its one event loop: no locks. */
final class SchedulingVerticle extends VerticleBase {

    private final Pipeline pipeline;
    private final int share;
    private final BiConsumer<Offer<?>, Throwable> failures;
    private final Siblings siblings;
    private final InstantSource clock;
    private final Map<ServiceKey, ServiceScheduling> services = new HashMap<>();

    SchedulingVerticle(
            Pipeline pipeline,
            int share,
            BiConsumer<Offer<?>, Throwable> failures,
            Siblings siblings,
            InstantSource clock) {
        this.pipeline = pipeline;
        this.share = share;
        this.failures = failures;
        this.siblings = siblings;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<Ask>localConsumer(Pipeline.address(share), message -> handle(message.body()))
                .completion();
    }

    private void handle(Ask ask) {
        switch (ask) {
            case Ask.Schedule schedule -> decide(schedule);
            case Ask.GoOver goOver -> goOver.done().complete(goOver(goOver));
        }
    }

    private void decide(Ask.Schedule ask) {
        var service = services.get(ask.request().service());
        var asking = service == null ? null : service.toAsk(ask.request());
        if (asking == null) {
            decide(ask, null);
        } else {
            asking.ask(ask.request().flow()).onSuccess(answer -> decide(ask, answer));
        }
    }

    /** Looks the service up, since while somebody was asked it may have gone, or come again as another. */
    private void decide(Ask.Schedule ask, Asking.@Nullable Answer answer) {
        var request = ask.request();
        var service = services.get(request.service());
        var pick = service == null ? null : service.decide(request, answer);
        ask.answer().accept(pick == null ? new Decision.Refuse(RefusalReason.NO_SERVICE) : pick.decision());
        if (pick != null && pick.server() != null) {
            pipeline.publish(new ConnectionScheduled(
                    clock.millis(),
                    request.id(),
                    request.service(),
                    request.flow(),
                    pick.server().endpoint(),
                    pick.scheduler(),
                    pick.how(),
                    pick.nanos()));
        }
    }

    private Map<ServiceKey, Plan> goOver(Ask.GoOver to) {
        var gone = new HashSet<>(services.keySet());
        var plans = new HashMap<ServiceKey, Plan>();
        for (var entry : to.configuration().services()) {
            if (pipeline.shareOf(entry.key()) == share) {
                var plan = goOver(entry, to);
                if (plan != null) {
                    plans.put(entry.key(), plan);
                }
                gone.remove(entry.key());
            }
        }
        services.keySet().removeAll(gone);
        return plans;
    }

    private @Nullable Plan goOver(ServiceEntry entry, Ask.GoOver to) {
        var course = to.courses().getOrDefault(entry.key(), List.of(entry));
        var service = services.computeIfAbsent(
                entry.key(), _ -> new ServiceScheduling(course.getFirst(), to.dataPath(), failures, siblings));
        Plan plan = null;
        for (var step : course) {
            plan = service.goOver(step, to.extensions());
        }
        return plan;
    }
}
