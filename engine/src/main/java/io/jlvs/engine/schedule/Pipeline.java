package io.jlvs.engine.schedule;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.spi.Plan;
import io.jlvs.engine.bus.EventCodec;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.stats.RemotePicks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The way of a connection through the control plane. A request becomes an event, goes over the bus to the one verticle
 * that owns its service, is decided there by the service's scheduler, and is told as an event again.
 */
public final class Pipeline implements Upcalls {

    private static final DeliveryOptions ASK =
            new DeliveryOptions().setLocalOnly(true).setCodecName(AskCodec.NAME);
    private static final DeliveryOptions EVENT = new DeliveryOptions().setCodecName(EventCodec.NAME);

    private final Vertx vertx;
    private final int shares;
    private final InstantSource clock;
    private final RemotePicks remotePicks = new RemotePicks();

    /** Registers the codecs; {@link #start} does the rest. */
    public Pipeline(Vertx vertx, InstantSource clock) {
        this.vertx = vertx;
        this.shares = Runtime.getRuntime().availableProcessors();
        this.clock = clock;
        vertx.eventBus().registerCodec(new AskCodec()).registerCodec(new EventCodec());
    }

    /**
     * Deploys the scheduling verticles, one for each processor.
     *
     * @param failures told of each scheduler that throws or picks what it may not
     */
    public Future<?> start(BiConsumer<Offer<?>, Throwable> failures) {
        var siblings =
                new Siblings(deadline -> new Requests(vertx.eventBus(), deadline), remotePicks, this::publish, clock);
        return Future.all(IntStream.range(0, shares)
                .mapToObj(share -> vertx.deployVerticle(new SchedulingVerticle(this, share, failures, siblings, clock)))
                .toList());
    }

    /** What became of the picks that siblings were asked for. */
    public RemotePicks remotePicks() {
        return remotePicks;
    }

    /**
     * Goes over to a new desired state. Blocks until all connections are decided by it and no scheduler of before is asked
     * any more, so that its plugin may be closed. Not for event loops.
     *
     * @param courses what services were on the way there ({@link io.jlvs.engine.registry.Schedulers})
     * @param dataPath that forwards by these decisions: its loads and picks are read
     * @return the plans of the services whose scheduler offers one
     */
    public Map<ServiceKey, Plan> goOver(
            Configuration configuration,
            Map<ServiceKey, List<ServiceEntry>> courses,
            Extensions extensions,
            DataPath dataPath) {
        var asked = new ArrayList<CompletableFuture<Map<ServiceKey, Plan>>>();
        for (int share = 0; share < shares; share++) {
            var goOver = new Ask.GoOver(configuration, courses, extensions, dataPath, new CompletableFuture<>());
            asked.add(goOver.done());
            vertx.eventBus().send(address(share), goOver, ASK);
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        var plans = new HashMap<ServiceKey, Plan>();
        asked.forEach(share -> plans.putAll(share.join()));
        return plans;
    }

    @Override
    public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
        publish(request);
        vertx.eventBus().send(address(shareOf(request.service())), new Ask.Schedule(request, answer), ASK);
    }

    @Override
    public void publish(JlvsEvent event) {
        vertx.eventBus().publish(addressOf(event).address(), event, EVENT);
    }

    int shareOf(ServiceKey service) {
        return Math.floorMod(service.hashCode(), shares);
    }

    static String address(int share) {
        return "jlvs.pipeline." + share;
    }

    private static BusAddress addressOf(JlvsEvent event) {
        return switch (event) {
            case ConnectionEvent _ -> BusAddress.EVENT_CONNECTION;
            case ConfigurationChanged _ -> BusAddress.EVENT_CONFIGURATION;
            case PluginEvent _ -> BusAddress.EVENT_PLUGIN;
            case DirectorEvent _ -> BusAddress.EVENT_DIRECTOR;
        };
    }
}
