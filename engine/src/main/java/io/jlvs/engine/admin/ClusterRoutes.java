package io.jlvs.engine.admin;

import io.jlvs.engine.cluster.Cluster;
import io.jlvs.engine.log.Audit;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The director's cluster, for {@code jlvs cluster}.
 *
 * <ul>
 *   <li>{@code GET /cluster}: who is here, who leads and who holds the addresses; text, or JSON for who accepts it.
 *   <li>{@code POST /cluster/alone}: changes are made here without the others.
 * </ul>
 */
public final class ClusterRoutes implements Routes {

    private final Vertx vertx;
    private final Optional<Cluster> cluster;

    /** @param cluster empty when the director is by itself */
    public ClusterRoutes(Vertx vertx, Optional<Cluster> cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
    }

    @Override
    public void addTo(Router router) {
        router.get("/cluster").handler(this::status);
        router.post("/cluster/alone").handler(this::alone);
    }

    private void status(RoutingContext request) {
        var joined = joined(request);
        if (joined == null) {
            return;
        }
        var status = joined.status();
        if (ControlSocket.wantsJson(request)) {
            request.json(status);
        } else {
            request.end(text(status));
        }
    }

    private void alone(RoutingContext request) {
        var joined = joined(request);
        if (joined == null) {
            return;
        }
        Audit.told(Peer.of(request, "jlvs cluster"), "alone");
        vertx.executeBlocking(joined::goAlone)
                .onSuccess(told -> request.end(told + "\n"))
                .onFailure(e -> request.response().setStatusCode(409).end(e.getMessage() + "\n"));
    }

    private @Nullable Cluster joined(RoutingContext request) {
        if (cluster.isEmpty()) {
            request.response()
                    .setStatusCode(404)
                    .end("this director is in no cluster: its jlvs.yaml has no section 'cluster'\n");
        }
        return cluster.orElse(null);
    }

    private static String text(JsonObject status) {
        var text = new StringBuilder("director %s: %s; leader %s, addresses with %s%n%-12s %-21s %-6s %-14s %s%n"
                .formatted(
                        status.getString("name"),
                        status.getBoolean("writable") ? "changes can be made" : status.getString("whyNot"),
                        status.getString("leader", "none"),
                        status.getString("owner", "nobody on this side"),
                        "NAME",
                        "ADDRESS",
                        "STATE",
                        "CONFIGURATION",
                        "VERSION"));
        status.getJsonArray("members").forEach(each -> {
            var member = (JsonObject) each;
            text.append("%-12s %-21s %-6s %-14s %s%n"
                    .formatted(
                            member.getString("name"),
                            member.getString("address"),
                            member.getString("state"),
                            member.getValue("configuration", "-"),
                            member.getString("version", "-")));
        });
        var problem = status.getString("addressProblem");
        return problem == null
                ? text.toString()
                : text.append("addresses: ").append(problem).append('\n').toString();
    }
}
