package io.jlvs.engine.http;

import io.jlvs.engine.gateway.Dialect;
import io.jlvs.engine.gateway.Gateway;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The console: its page and what belongs to it, from the class path, at {@code /}, and its way to the event bus at {@code
 * /eventbus/}. To be the last part: it takes every path that is left.
 */
public final class ConsolePart implements HttpFace.Part {

    /** In a second, of the events of connections: what a page can show. */
    static final int CONNECTION_EVENTS = 50;

    static final String BUS = "/eventbus";

    private static final String FOLDER = "/console";
    private static final Pattern PATHS = Pattern.compile("(/[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)*)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    /** Nothing from elsewhere, nothing inline, in no other page. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final ConsoleAccess access;
    private final Visitors visitors;
    private final Gateway gateway;
    private final Map<String, Optional<Asset>> assets = new ConcurrentHashMap<>();

    /**
     * @param host the configured one, by whose name the console may be asked for too
     * @param origins of other sites whose pages may use the bus
     */
    public ConsolePart(Vertx vertx, ConsoleAccess access, String host, Set<String> origins, Gateway.Common common) {
        this.vertx = vertx;
        this.access = access;
        this.visitors = Visitors.of(host, origins);
        this.gateway = new Gateway(
                common,
                new Gateway.Terms(
                        "websocket", "with the console", Dialect.WEBSOCKET, access.role(), CONNECTION_EVENTS));
    }

    @Override
    public void addTo(Router router) {
        if (access == ConsoleAccess.OFF) {
            return;
        }
        router.route(BUS + "/*")
                .handler(ConsolePart::protect)
                .handler(visitors::check)
                .subRouter(Bridge.router(vertx, gateway));
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(ConsolePart::protect)
                .handler(visitors::check)
                .handler(this::answer);
    }

    /** The bridge has pages of its own (SockJS's iframe), which are bound by the same. */
    private static void protect(RoutingContext request) {
        request.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        request.next();
    }

    private void answer(RoutingContext request) {
        var path = request.normalizedPath().equals("/") ? "/index.html" : request.normalizedPath();
        if (!PATHS.matcher(path).matches()) {
            request.next();
            return;
        }
        vertx.executeBlocking(() -> assets.computeIfAbsent(path, ConsolePart::read), false)
                .onFailure(request::fail)
                .onSuccess(asset -> asset.ifPresentOrElse(found -> answer(request, found), request::next));
    }

    private static void answer(RoutingContext request, Asset asset) {
        var response = request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, asset.tag());
        if (asset.tag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type()).end(asset.content());
        }
    }

    private static Optional<Asset> read(String path) {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (var in = ConsolePart.class.getResourceAsStream(FOLDER + path)) {
            return in == null || type == null ? Optional.empty() : Optional.of(Asset.of(in.readAllBytes(), type));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + " of the console", e);
        }
    }
}
