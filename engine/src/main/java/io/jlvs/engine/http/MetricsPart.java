package io.jlvs.engine.http;

import io.jlvs.engine.stats.Health;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /metrics} for Prometheus and {@code /health} for whoever watches the director: 200 when every service is taken
 * by the data path, 503 with the names of those that are not.
 */
public final class MetricsPart implements HttpFace.Part {

    /** Prometheus' text format, which every version of it reads. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPart.class);

    private final Vertx vertx;
    private final Supplier<Buffer> scrape;
    private final Health health;

    /** @param scrape may block */
    public MetricsPart(Vertx vertx, Supplier<Buffer> scrape, Health health) {
        this.vertx = vertx;
        this.scrape = scrape;
        this.health = health;
    }

    @Override
    public void addTo(Router router) {
        router.get("/metrics").handler(this::metrics);
        router.get("/health").handler(this::health);
    }

    private void metrics(RoutingContext request) {
        vertx.executeBlocking(scrape::get, false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                        .end(text))
                .onFailure(failure -> {
                    LOG.error("The metrics could not be read for a scrape", failure);
                    request.response().setStatusCode(500).end("the metrics could not be read: " + failure + "\n");
                });
    }

    private void health(RoutingContext request) {
        var down = health.down();
        var answer = JsonObject.of(
                "status", down.isEmpty() ? "up" : "degraded",
                "down", new JsonArray(down.stream().toList()),
                "overloaded", new JsonArray(health.shortages().stream().toList()));
        request.response()
                .setStatusCode(down.isEmpty() ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.encode() + "\n");
    }
}
