package io.jlvs.api.json;

import io.jlvs.api.Command;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/**
 * Events as JSON. {@code type} says which it is, such as {@code connection.opened}; {@code at} is when, in milliseconds
 * since 1970-01-01 UTC.
 */
public final class EventJson {

    private EventJson() {}

    public static JsonObject toJson(JlvsEvent event) {
        return switch (event) {
            case ConnectionEvent connection -> ConnectionEventJson.toJson(connection);
            case PluginEvent plugin -> PluginEventJson.toJson(plugin);
            case DirectorEvent director -> DirectorEventJson.toJson(director);
            case ConfigurationChanged(var at, var version, var change, var by) ->
                typed("configuration.changed", at)
                        .put("version", version)
                        .put("by", by)
                        .put("change", toJson(change));
        };
    }

    /** @throws IllegalArgumentException naming what is wrong, and where */
    public static JlvsEvent event(JsonObject json) {
        var in = new JsonReader(json);
        var type = in.text("type");
        return switch (type.substring(0, Math.max(0, type.indexOf('.')))) {
            case "connection" -> ConnectionEventJson.event(type, in);
            case "plugin" -> PluginEventJson.event(type, in);
            case "director" -> DirectorEventJson.event(type, in);
            case "configuration" ->
                new ConfigurationChanged(
                        in.number("at"), in.number("version"), change(in.object("change")), in.text("by"));
            default -> throw unknown(in);
        };
    }

    static JsonObject typed(String type, long at) {
        return JsonObject.of("type", type, "at", at);
    }

    static IllegalArgumentException unknown(JsonReader in) {
        return in.wrong("type", "a type of event");
    }

    private static JsonObject toJson(Command change) {
        return JsonObject.of("command", CommandJson.address(change).address(), "payload", CommandJson.payload(change));
    }

    private static Command change(JsonReader in) {
        var name = in.text("command");
        var address = Stream.of(BusAddress.values())
                .filter(candidate -> candidate.address().equals(name))
                .findFirst()
                .orElseThrow(() -> in.wrong("command", "the address of a command"));
        return in.make(() -> CommandJson.command(address, in.object("payload")));
    }
}
