package io.jlvs.engine.http;

import io.jlvs.api.Command;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.bus.BusAddress;
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
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All parts on one port, over a registry with no data path beneath. */
final class HttpFixture implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    /** Held here: a client that nobody holds is closed when it is collected, and its connections with it. */
    final WebSocketClient webSockets = vertx.createWebSocketClient();

    final io.vertx.core.http.HttpClient requests = vertx.createHttpClient();
    final Health health = new Health();
    final FakeDataPath dataPath = new FakeDataPath();
    final Registry registry =
            new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
    final LiveTeller teller;
    final int port;

    HttpFixture(ConsoleAccess access) {
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
        port = HttpFace.start(
                        vertx,
                        "127.0.0.1",
                        0,
                        new MetricsPart(vertx, () -> Buffer.buffer("jlvs_services 0\n"), health),
                        new DiscoveryPart(registry::current),
                        new ConsolePart(vertx, access, "director.example", teller))
                .await()
                .actualPort();
    }

    void addService(ServiceKey key, RealServer... servers) {
        registry.execute(new Command.AddService(VirtualService.of(key, "rr")));
        for (var server : servers) {
            registry.execute(new Command.AddServer(key, server));
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(path, UnaryOperator.identity());
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> more)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(more.apply(request).build(), BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
