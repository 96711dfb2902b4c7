package io.jlvs.engine.live;

import io.jlvs.api.Addresses;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.TrackedConnection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Single connections, as the data path lists them. {@code user} keeps no list. */
final class Connections {

    private final DataPath dataPath;

    Connections(DataPath dataPath) {
        this.dataPath = dataPath;
    }

    /**
     * Those of a service, in no order.
     *
     * @param client only those of this address, if any
     */
    List<TrackedConnection> of(ServiceKey service, Optional<InetAddress> client) {
        return dataPath.connections().stream()
                .filter(connection -> isOf(connection, service))
                .filter(connection -> client.isEmpty()
                        || client.get().equals(connection.client().address()))
                .toList();
    }

    /** What a mark has balanced can't be told by its address: all its connections are somebody's else or nobody's. */
    private static boolean isOf(TrackedConnection connection, ServiceKey service) {
        return switch (service) {
            case ServiceKey.Address address ->
                address.protocol() == connection.protocol()
                        && address.virtual()
                                .address()
                                .equals(connection.virtual().address())
                        && Stream.of(0, connection.virtual().port())
                                .anyMatch(port -> port == address.virtual().port());
            case ServiceKey.FirewallMark mark ->
                connection.protocol() == null
                        && Addresses.format(connection.virtual().address()).equals(dotted(mark.mark()));
        };
    }

    private static String dotted(long mark) {
        return (mark >> 24) + "." + (mark >> 16 & 255) + "." + (mark >> 8 & 255) + "." + (mark & 255);
    }

    static JsonObject toJson(TrackedConnection connection) {
        return JsonObject.of(
                "client", connection.client().toString(),
                "virtual", connection.virtual().toString(),
                "server", connection.server().toString(),
                "state", connection.state(),
                "expiresSeconds", connection.expires().toSeconds(),
                "template", isTemplate(connection));
    }

    static boolean isTemplate(TrackedConnection connection) {
        return connection.client().port() == 0;
    }

    static JsonArray toJson(List<TrackedConnection> connections, int limit) {
        var array = new JsonArray();
        connections.stream().limit(limit).forEach(connection -> array.add(toJson(connection)));
        return array;
    }
}
