package io.jlvs.engine.metrics;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics} for Prometheus and {@code /health} for whoever watches the director: 200 when every service is taken
 * by the data path, 503 with the names of those that are not.
 */
public final class MetricsServer {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    private final Vertx vertx;
    private final Metrics metrics;

    private MetricsServer(Vertx vertx, Metrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /**
     * Starts to listen; the future fails when the address can't be had.
     *
     * @param port 0..65535; 0 takes a free one
     */
    public static Future<HttpServer> start(Vertx vertx, Metrics metrics, String host, int port) {
        var server = new MetricsServer(vertx, metrics);
        return vertx.createHttpServer().requestHandler(server::answer).listen(port, host);
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            request.response()
                    .setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET")
                    .end("only GET is answered here\n");
            return;
        }
        switch (String.valueOf(request.path())) {
            case "/metrics" -> metrics(request);
            case "/health" -> health(request);
            default -> request.response().setStatusCode(404).end("nothing here; try /metrics or /health\n");
        }
    }

    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(metrics::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.CONTENT_TYPE)
                        .end(text))
                .onFailure(failure -> {
                    LOG.error("The metrics could not be read for a scrape", failure);
                    request.response().setStatusCode(500).end("the metrics could not be read: " + failure + "\n");
                });
    }

    private void health(HttpServerRequest request) {
        var down = metrics.health().down();
        var answer = new JsonObject()
                .put("status", down.isEmpty() ? "up" : "degraded")
                .put("down", new JsonArray(down.stream().toList()))
                .put(
                        "overloaded",
                        new JsonArray(metrics.health().shortages().stream().toList()));
        request.response()
                .setStatusCode(down.isEmpty() ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.encode() + "\n");
    }
}
