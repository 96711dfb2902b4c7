package io.jlvs.engine.http;

import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.engine.registry.Configuration;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * Prometheus' HTTP service discovery ({@code http_sd}): {@code /sd/servers} has every real server of every service, {@code
 * /sd/directors} the directors, of which this one is the only one it knows. Both are lists of {@code {"targets": [...],
 * "labels": {...}}}.
 */
public final class DiscoveryPart implements HttpFace.Part {

    private final Supplier<Configuration> configuration;

    public DiscoveryPart(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    @Override
    public void addTo(Router router) {
        router.get("/sd/servers").handler(request -> request.json(servers()));
        router.get("/sd/directors").handler(request -> request.json(directors(request)));
    }

    private JsonArray servers() {
        var groups = new JsonArray();
        for (var entry : configuration.get().services()) {
            entry.servers().forEach(server -> groups.add(group(entry.service(), server)));
        }
        return groups;
    }

    /** A server of any port has no port here either. */
    private static JsonObject group(VirtualService service, RealServer server) {
        var labels = service(service.key())
                .put("server", server.endpoint().toString())
                .put("mode", server.mode())
                .put("weight", Integer.toString(server.weight()))
                .put("scheduler", service.scheduler());
        return group(target(server.endpoint()), labels);
    }

    private static String target(Endpoint endpoint) {
        return endpoint.port() == 0 ? Addresses.format(endpoint.address()) : endpoint.toString();
    }

    private static JsonObject service(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address address ->
                JsonObject.of(
                        "protocol", address.protocol().lowerName(),
                        "service", address.virtual().toString());
            case ServiceKey.FirewallMark mark ->
                JsonObject.of("protocol", "fwm", "service", mark.toString().substring("FWM ".length()));
        };
    }

    /** Under the address at which it was asked: the one by which it can be reached. */
    private static JsonArray directors(RoutingContext request) {
        var self = request.request().connection().localAddress();
        return JsonArray.of(group(Endpoint.of(self.host(), self.port()).toString(), new JsonObject()));
    }

    private static JsonObject group(String target, JsonObject labels) {
        return JsonObject.of("targets", JsonArray.of(target), "labels", labels);
    }
}
