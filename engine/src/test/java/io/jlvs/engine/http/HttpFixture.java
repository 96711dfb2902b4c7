package io.jlvs.engine.http;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.gateway.Inside;
import io.jlvs.engine.live.LiveTeller;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Health;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** All parts on one port, over a registry with no data path beneath. */
final class HttpFixture implements AutoCloseable {

    static final String FRIEND = "http://ops.example";

    final Inside inside;
    final Vertx vertx;
    /** Held here: a client that nobody holds is closed when it is collected, and its connections with it. */
    final WebSocketClient webSockets;

    final io.vertx.core.http.HttpClient requests;
    final Health health;
    final Registry registry;
    final LiveTeller teller;
    final int port;

    HttpFixture(ConsoleAccess access) {
        this(access, new Inside());
    }

    HttpFixture(ConsoleAccess access, Inside inside) {
        this.inside = inside;
        vertx = inside.vertx;
        webSockets = vertx.createWebSocketClient();
        requests = vertx.createHttpClient();
        health = inside.health;
        registry = inside.registry;
        teller = inside.teller;
        port = HttpFace.start(
                        inside.outside,
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        new MetricsPart(vertx, () -> Buffer.buffer("jlvs_services 0\n"), health),
                        new DiscoveryPart(registry::current),
                        new ConsolePart(inside.outside, access, "director.example", Set.of(FRIEND), inside.common))
                .await()
                .actualPort();
    }

    void addService(ServiceKey key, RealServer... servers) {
        inside.addService(key, servers);
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
        inside.close();
    }
}
