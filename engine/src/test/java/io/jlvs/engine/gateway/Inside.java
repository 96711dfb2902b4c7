package io.jlvs.engine.gateway;

import io.jlvs.api.Command;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.bus.CommandBus;
import io.jlvs.engine.bus.EventCodec;
import io.jlvs.engine.bus.Listings;
import io.jlvs.engine.live.Insight;
import io.jlvs.engine.live.Live;
import io.jlvs.engine.live.LiveTeller;
import io.jlvs.engine.live.Picks;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Drops;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What gateways lead to: a director's bus with a registry and no data path beneath, and the loop that they run on. */
public final class Inside implements AutoCloseable {

    static final String DIRECTOR = "lb1";

    public final Vertx vertx = Vertx.vertx();
    public final Vertx outside = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    public final Health health = new Health();
    public final FakeDataPath dataPath = new FakeDataPath();
    public final List<JlvsEvent> changes = new CopyOnWriteArrayList<>();
    public final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), changes::add, new FakeClock());
    public final LiveTeller teller;
    public final Drops drops = new Drops();
    public final Gateway.Common common;
    final FakeClock clock = new FakeClock();

    public Inside() {
        this(Optional.empty(), Duration.ofMinutes(1));
    }

    public Inside(Optional<Path> tokens, Duration patience) {
        vertx.eventBus().registerCodec(new EventCodec());
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        var live = new Live(registry, dataPath, health, new Refusals(), JsonObject::new);
        var listings = new Listings(registry, new Statistics(dataPath), List::of, JsonObject::new);
        teller = new LiveTeller(vertx, live);
        var insight = new Insight(registry, dataPath, new Picks());
        var queries = new HashMap<>(listings.queries());
        queries.put(BusAddress.SERVICE_LIVE, live::service);
        queries.put(BusAddress.CONNECTION_LIST, insight::connections);
        queries.put(BusAddress.CONNECTION_EXPLAIN, insight::explain);
        queries.put(BusAddress.CHANGE_PREVIEW, insight::preview);
        CommandBus.deploy(vertx, new CommandBus(registry, queries)).await();
        var loop = new Loop(outside);
        var doorkeeper = new Doorkeeper(Tokens.of(tokens), clock);
        doorkeeper.watch(outside);
        common = new Gateway.Common(vertx, loop, new Feed(vertx, loop, DIRECTOR, teller), doorkeeper, drops, patience);
    }

    public void addService(ServiceKey key, RealServer... servers) {
        registry.execute(new Command.AddService(VirtualService.of(key, "rr")));
        for (var server : servers) {
            registry.execute(new Command.AddServer(key, server));
        }
    }

    public void publish(BusAddress address, JlvsEvent event) {
        vertx.eventBus().publish(address.address(), event, new DeliveryOptions().setCodecName(EventCodec.NAME));
    }

    @Override
    public void close() {
        outside.close().await();
        vertx.close().await();
    }
}
