package io.jlvs.e2e.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import io.jlvs.e2e.lab.Product;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page's files from the source tree, under the same policy as the engine, and plays the engine's side of the
 * bus: for states that a real one is hard to bring into.
 */
final class PlayedEngine {

    static final String URL = "http://console.test/";
    private static final Path FILES = Product.source("console/src/main/resources/console");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self' ws://console.test; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final Map<String, UnaryOperator<JsonObject>> replies = new LinkedHashMap<>();
    private final Set<String> registered = new HashSet<>();
    private @Nullable WebSocketRoute socket;

    private PlayedEngine() {}

    /** Plays for this page; open {@link #URL} next. */
    static PlayedEngine behind(Page page) {
        var engine = new PlayedEngine();
        page.route(URL + "**", PlayedEngine::serve);
        page.routeWebSocket("**/eventbus/websocket", engine::connected);
        return engine.answers("jlvs.plugin.list", _ -> JsonObject.of("plugins", new JsonArray()));
    }

    /** What it answers at an address; other requests are never answered. */
    PlayedEngine answers(String address, UnaryOperator<JsonObject> reply) {
        replies.put(address, reply);
        return this;
    }

    /** Publishes at an address, if the page listens there. */
    void publish(String address, JsonObject body) {
        if (socket != null && registered.contains(address)) {
            socket.send(JsonObject.of("type", "rec", "address", address, "body", body)
                    .encode());
        }
    }

    /** A message of {@code jlvs.live} that tells of these services, and that there are {@code more}. */
    static JsonObject live(List<JsonObject> services, int more) {
        var director = JsonObject.of("version", "1", "datapath", "user", "uptimeSeconds", 1, "configuration", 1)
                .put("status", "up")
                .put("down", new JsonArray())
                .put("overloaded", new JsonArray())
                .put("services", services.size() + more)
                .put("servers", 3 * (services.size() + more))
                .put("tableEntries", 0)
                .put("tableCapacity", 0)
                .put("console", "change");
        return JsonObject.of("time", System.currentTimeMillis(), "director", director, "rates", rates(90))
                .put("active", 9)
                .put("inactive", 0)
                .put("refusedPerSecond", 0)
                .put("droppedPerSecond", 0)
                .put("services", new JsonArray(services))
                .put("more", more);
    }

    /** The n-th service of as many as one likes, with three servers that have connections in proportion 3:2:1. */
    static JsonObject service(int n) {
        var address = "198.18.%d.%d".formatted(n / 256, n % 256);
        var servers = IntStream.rangeClosed(1, 3).mapToObj(i -> server("10.1." + i + "." + n % 256, 4 - i));
        return JsonObject.of("key", JsonObject.of("protocol", "tcp", "address", address, "port", 80))
                .put("name", address + ":80")
                .put("protocol", "tcp")
                .put("scheduler", "wrr")
                .put("up", true)
                .put("active", 6)
                .put("inactive", 0)
                .put("rates", rates(6))
                .put("refusedPerSecond", 0)
                .put("servers", new JsonArray(servers.toList()));
    }

    private static JsonObject server(String address, int weight) {
        return JsonObject.of("name", address + ":80", "address", address, "port", 80, "mode", "nat")
                .put("weight", weight)
                .put("state", "up")
                .put("active", weight)
                .put("inactive", 0)
                .put("rates", rates(weight))
                .put("connectMillis", null);
    }

    private static JsonObject rates(int each) {
        return JsonObject.of("connections", each, "inPackets", each, "outPackets", each)
                .put("inBytes", each)
                .put("outBytes", each);
    }

    private static void serve(Route route) {
        var path = URI.create(route.request().url()).getPath();
        var file = FILES.resolve(path.equals("/") ? "index.html" : path.substring(1));
        if (!Files.isRegularFile(file)) {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
            return;
        }
        var name = file.toString();
        var type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
        route.fulfill(new Route.FulfillOptions()
                .setPath(file)
                .setHeaders(Map.of("content-type", type, "content-security-policy", POLICY)));
    }

    private void connected(WebSocketRoute opened) {
        socket = opened;
        registered.clear();
        opened.onMessage(frame -> received(opened, new JsonObject(frame.text())));
    }

    private void received(WebSocketRoute opened, JsonObject frame) {
        var address = frame.getString("address");
        switch (frame.getString("type")) {
            case "register" -> registered.add(address);
            case "unregister" -> registered.remove(address);
            case "send" -> {
                if (replies.containsKey(address)) {
                    var body = replies.get(address).apply(frame.getJsonObject("body"));
                    opened.send(JsonObject.of("type", "rec", "address", frame.getString("replyAddress"), "body", body)
                            .encode());
                }
            }
            default -> {}
        }
    }
}
