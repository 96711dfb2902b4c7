package io.jlvs.engine.http;

import io.jlvs.engine.gateway.Session;
import io.jlvs.engine.gateway.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The engine's HTTP server: one address, to which several parts add what they answer. */
public final class HttpFace {

    /** Of a connection that neither reads nor writes. Longer than who scrapes keeps one for the next time. */
    private static final int IDLE_SECONDS = 180;

    private HttpFace() {}

    /** A part: what it answers, under which paths. */
    public interface Part {
        void addTo(Router router);
    }

    /**
     * Starts to listen; the future fails when the address can't be had.
     *
     * @param port 0..65535; 0 takes a free one
     * @param tls without it all is sent in the clear
     */
    public static Future<HttpServer> start(Vertx vertx, String host, int port, Optional<Tls> tls, Part... parts) {
        var router = Router.router(vertx);
        for (var part : parts) {
            part.addTo(router);
        }
        router.errorHandler(
                404,
                request -> request.response()
                        .setStatusCode(404)
                        .end("nothing here; try /, /metrics, /health, /sd/servers or /sd/directors\n"));
        router.errorHandler(
                405,
                request -> request.response()
                        .setStatusCode(405)
                        .putHeader("Allow", "GET")
                        .end("only GET is answered here\n"));
        return vertx.createHttpServer(server(tls)).requestHandler(router).listen(port, host);
    }

    private static HttpServerOptions server(Optional<Tls> tls) {
        var server = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWebSocketFrameSize(Session.MAX_FRAME_BYTES)
                .setMaxWebSocketMessageSize(Session.MAX_FRAME_BYTES);
        tls.ifPresent(with -> server.setSsl(true).setKeyCertOptions(with.keys()));
        return server;
    }
}
