package io.jlvs.engine.live;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.json.ModelJson;
import io.jlvs.engine.live.Window.Speeds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.StringJoiner;

/** A virtual service and its real servers as a console shows them. */
record ServicePicture(ServiceEntry entry, Window window, DataPath dataPath, Unreachable unreachable, boolean up) {

    /** {@code 10.0.0.100:80} or {@code FWM 7}. */
    static String name(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address address -> address.virtual().toString();
            case ServiceKey.FirewallMark mark -> mark.toString();
        };
    }

    static String protocol(ServiceKey key) {
        return key instanceof ServiceKey.Address address ? address.protocol().lowerName() : "fwm";
    }

    /** All that a search looks at, in lower case. */
    static String words(ServiceEntry entry) {
        var words = new StringJoiner(" ")
                .add(protocol(entry.key()))
                .add(name(entry.key()))
                .add(entry.service().scheduler());
        entry.servers().forEach(server -> words.add(server.endpoint().toString()));
        return words.toString().toLowerCase(Locale.ROOT);
    }

    String name() {
        return name(entry.key());
    }

    Speeds speeds() {
        return window.speeds(entry.key());
    }

    double refusedPerSecond() {
        return window.refusedPerSecond(entry.key());
    }

    long active() {
        return entry.servers().stream()
                .mapToLong(server -> load(server).active())
                .sum();
    }

    long inactive() {
        return entry.servers().stream()
                .mapToLong(server -> load(server).inactive())
                .sum();
    }

    /** By what services are ranked: bytes, and connections even where none flows. */
    double busy() {
        var speeds = speeds();
        return speeds.inBytes() + speeds.outBytes() + 1000 * (speeds.connections() + refusedPerSecond()) + active();
    }

    JsonObject toJson() {
        var servers = new JsonArray();
        entry.servers().forEach(server -> servers.add(toJson(server)));
        return new JsonObject()
                .put("key", ModelJson.toJson(entry.key()))
                .put("name", name())
                .put("protocol", protocol(entry.key()))
                .put("scheduler", entry.service().scheduler())
                .put("up", up)
                .put("active", active())
                .put("inactive", inactive())
                .put("rates", toJson(speeds()))
                .put("refusedPerSecond", refusedPerSecond())
                .put("servers", servers);
    }

    JsonObject toJson(RealServer server) {
        var id = id(server);
        var load = load(server);
        var connectMillis = window.connectMillis(id);
        return ModelJson.toJson(server)
                .put("name", server.endpoint().toString())
                .put("state", state(server, id, load))
                .put("active", load.active())
                .put("inactive", load.inactive())
                .put("rates", toJson(window.speeds(id)))
                .put("connectMillis", connectMillis < 0 ? null : connectMillis);
    }

    /** Failing: it could not be reached, or is sent connections and accepts none, where that can be seen. */
    private String state(RealServer server, ServerId id, ServerLoad load) {
        if (server.weight() == 0) {
            return "quiesced";
        }
        if (server.thresholds().overloaded(load.active() + load.inactive(), false)) {
            return "overloaded";
        }
        if (unreachable.contains(id)) {
            return "failing";
        }
        var isSent = window.speeds(id).connections() > 0;
        return isSent && server.mode().equals("nat") && isTcp() && window.accepted(id) == 0 ? "failing" : "up";
    }

    private boolean isTcp() {
        return protocol(entry.key()).equals("tcp");
    }

    private ServerId id(RealServer server) {
        return new ServerId(entry.key(), server.endpoint());
    }

    private ServerLoad load(RealServer server) {
        return dataPath.load(id(server));
    }

    static JsonObject toJson(Speeds speeds) {
        return JsonObject.of(
                "connections", speeds.connections(),
                "inPackets", speeds.inPackets(),
                "outPackets", speeds.outPackets(),
                "inBytes", speeds.inBytes(),
                "outBytes", speeds.outBytes());
    }
}
