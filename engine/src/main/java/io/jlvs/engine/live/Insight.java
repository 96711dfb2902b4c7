package io.jlvs.engine.live;

import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.TrackedConnection;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.json.CommandJson;
import io.jlvs.api.json.ModelJson;
import io.jlvs.engine.registry.Registry;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;

/** Answers about single connections and about changes that are not made yet. Payloads are what their schemas say. */
public final class Insight {

    private static final int DEFAULT_LIMIT = 100;

    private final Registry registry;
    private final DataPath dataPath;
    private final Picks picks;
    private final Connections connections;
    private final Preview preview;

    public Insight(Registry registry, DataPath dataPath, Picks picks) {
        this.registry = registry;
        this.dataPath = dataPath;
        this.picks = picks;
        this.connections = new Connections(dataPath);
        this.preview = new Preview(registry, dataPath);
    }

    /** {@link BusAddress#CONNECTION_LIST}. */
    public JsonObject connections(JsonObject payload) {
        var entry = entry(payload);
        var client = Optional.ofNullable(payload.getString("client"))
                .map(address -> Endpoint.of(address, 0).address());
        var found = connections.of(entry.key(), client);
        return JsonObject.of(
                "connections",
                Connections.toJson(found, payload.getInteger("limit", DEFAULT_LIMIT)),
                "total",
                found.size());
    }

    /** {@link BusAddress#CONNECTION_EXPLAIN}. */
    public JsonObject explain(JsonObject payload) {
        var entry = entry(payload);
        var client = Endpoint.of(payload.getString("client"), payload.getInteger("port", 0));
        var known = connections.of(entry.key(), Optional.of(client.address()));
        var connection = known.stream()
                .filter(one -> !Connections.isTemplate(one))
                .filter(one -> client.port() == 0 || client.equals(one.client()))
                .findFirst();
        var template = known.stream().filter(Connections::isTemplate).findFirst();
        return new Explanation(
                        entry,
                        client,
                        connection,
                        template,
                        pick(entry, client, connection),
                        dataPath,
                        registry.extensions())
                .toJson();
    }

    /** Of a connection that is known only the pick that led to its server: its client's port may have been another's before. */
    private Optional<ConnectionScheduled> pick(
            ServiceEntry entry, Endpoint client, Optional<TrackedConnection> connection) {
        if (connection.isPresent()) {
            var known = connection.get();
            return picks.of(entry.key(), known.client())
                    .filter(pick -> pick.server().equals(known.server()));
        }
        return client.port() == 0 ? picks.of(entry.key(), client.address()) : picks.of(entry.key(), client);
    }

    /** {@link BusAddress#CHANGE_PREVIEW}. */
    public JsonObject preview(JsonObject payload) {
        var name = payload.getString("address");
        var address = Arrays.stream(BusAddress.values())
                .filter(candidate -> candidate.address().equals(name))
                .findFirst()
                .orElseThrow();
        return preview.of(CommandJson.command(address, payload.getJsonObject("payload")));
    }

    private ServiceEntry entry(JsonObject payload) {
        var key = ModelJson.serviceKey(payload.getJsonObject("service"));
        return registry.current()
                .find(key)
                .orElseThrow(
                        () -> new CommandException(ErrorCode.NO_SUCH_SERVICE, "there is no virtual service " + key));
    }
}
