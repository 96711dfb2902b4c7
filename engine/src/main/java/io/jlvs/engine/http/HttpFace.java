package io.jlvs.engine.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

/** The engine's HTTP server: one address, to which several parts add what they answer. */
public final class HttpFace {

    private HttpFace() {}

    /** A part: what it answers, under which paths. */
    public interface Part {
        void addTo(Router router);
    }

    /**
     * Starts to listen; the future fails when the address can't be had.
     *
     * @param port 0..65535; 0 takes a free one
     */
    public static Future<HttpServer> start(Vertx vertx, String host, int port, Part... parts) {
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
        return vertx.createHttpServer().requestHandler(router).listen(port, host);
    }
}
