package io.jlvs.engine.bus;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.json.ModelJson;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Figures;
import io.jlvs.engine.stats.FiguresSnapshot;
import io.jlvs.engine.stats.Rates;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the director tells when it is asked, as JSON. */
public final class Listings {

    private final Registry registry;
    private final Statistics statistics;
    private final Supplier<List<PluginStatus>> plugins;
    private final Supplier<JsonObject> status;

    public Listings(
            Registry registry,
            Statistics statistics,
            Supplier<List<PluginStatus>> plugins,
            Supplier<JsonObject> status) {
        this.registry = registry;
        this.statistics = statistics;
        this.plugins = plugins;
        this.status = status;
    }

    /** What it answers, by address. */
    public Map<BusAddress, Function<JsonObject, JsonObject>> queries() {
        return Map.of(
                BusAddress.SERVICE_LIST,
                this::services,
                BusAddress.PLUGIN_LIST,
                _ -> plugins(),
                BusAddress.STATUS,
                _ -> status());
    }

    /**
     * The services with their real servers and live figures, in the order of their making.
     *
     * @param reference the key of one service, or empty for all
     * @throws CommandException with {@code NO_SUCH_SERVICE}
     */
    public JsonObject services(JsonObject reference) {
        var configuration = registry.current();
        var figures = statistics.snapshot();
        var services = new JsonArray();
        var chosen = reference.isEmpty() ? configuration.services() : List.of(find(ModelJson.serviceKey(reference)));
        chosen.forEach(entry -> services.add(service(entry, figures)));
        return JsonObject.of("version", configuration.version(), "services", services);
    }

    /** {@code {"plugins": [...], "schedulers": [...], "modes": [...]}}: the jars, and the names that services can use now. */
    public JsonObject plugins() {
        var all = new JsonArray();
        plugins.get().forEach(plugin -> all.add(toJson(plugin)));
        var offered = registry.extensions();
        return JsonObject.of(
                "plugins", all,
                "schedulers", sorted(offered.schedulers().keySet()),
                "modes", sorted(offered.modes().keySet()));
    }

    private static JsonArray sorted(Set<String> names) {
        return new JsonArray(names.stream().sorted().toList());
    }

    public JsonObject status() {
        return status.get();
    }

    private ServiceEntry find(ServiceKey key) {
        return registry.current()
                .find(key)
                .orElseThrow(
                        () -> new CommandException(ErrorCode.NO_SUCH_SERVICE, "there is no virtual service " + key));
    }

    private JsonObject service(ServiceEntry entry, FiguresSnapshot figures) {
        var servers = new JsonArray();
        entry.servers().forEach(server -> servers.add(server(entry.key(), server, figures)));
        return with(figures.of(entry.key()), ModelJson.toJson(entry.service())).put("servers", servers);
    }

    private JsonObject server(ServiceKey service, RealServer server, FiguresSnapshot figures) {
        var id = new ServerId(service, server.endpoint());
        var load = statistics.load(id);
        return with(figures.of(id), ModelJson.toJson(server))
                .put("active", load.active())
                .put("inactive", load.inactive());
    }

    private static JsonObject toJson(PluginStatus plugin) {
        return JsonObject.of(
                "jar", plugin.jar(),
                "plugin", plugin.plugin(),
                "version", plugin.version(),
                "state", plugin.state().name().toLowerCase(Locale.ROOT),
                "offers", new JsonArray(plugin.offers()),
                "detail", plugin.detail());
    }

    private static JsonObject with(Figures figures, JsonObject json) {
        return json.put("traffic", toJson(figures.total())).put("rates", toJson(figures.rates()));
    }

    private static JsonObject toJson(Traffic traffic) {
        return JsonObject.of(
                "connections", traffic.connections(),
                "inPackets", traffic.inPackets(),
                "outPackets", traffic.outPackets(),
                "inBytes", traffic.inBytes(),
                "outBytes", traffic.outBytes());
    }

    private static JsonObject toJson(Rates rates) {
        return JsonObject.of(
                "connections", rates.connections(),
                "inPackets", rates.inPackets(),
                "outPackets", rates.outPackets(),
                "inBytes", rates.inBytes(),
                "outBytes", rates.outBytes());
    }
}
