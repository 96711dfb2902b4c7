package io.jlvs.api.json;

import static io.jlvs.api.json.EventJson.typed;

import io.jlvs.api.event.DirectorEvent;
import io.vertx.core.json.JsonObject;

/** Events of the director itself as JSON. */
final class DirectorEventJson {

    private DirectorEventJson() {}

    static JsonObject toJson(DirectorEvent event) {
        return switch (event) {
            case DirectorEvent.Started(var at, var version, var dataPath) ->
                typed("director.started", at).put("version", version).put("dataPath", dataPath);
            case DirectorEvent.Overloaded(var at, var resource, var detail) ->
                typed("director.overloaded", at).put("resource", resource).put("detail", detail);
            case DirectorEvent.Recovered(var at, var resource) ->
                typed("director.recovered", at).put("resource", resource);
            case DirectorEvent.StateSetAside(var at, var file, var reason) ->
                typed("director.state-set-aside", at).put("file", file).put("reason", reason);
            case DirectorEvent.ServiceDown(var at, var service, var reason) ->
                typed("director.service-down", at).put("service", service).put("reason", reason);
            case DirectorEvent.ServiceUp(var at, var service) ->
                typed("director.service-up", at).put("service", service);
            case DirectorEvent.SiblingSilent(var at, var service, var reason) ->
                typed("director.sibling-silent", at).put("service", service).put("reason", reason);
            case DirectorEvent.SiblingBack(var at, var service) ->
                typed("director.sibling-back", at).put("service", service);
        };
    }

    static DirectorEvent event(String type, JsonReader in) {
        var at = in.number("at");
        return switch (type) {
            case "director.started" -> new DirectorEvent.Started(at, in.text("version"), in.text("dataPath"));
            case "director.overloaded" -> new DirectorEvent.Overloaded(at, in.text("resource"), in.text("detail"));
            case "director.recovered" -> new DirectorEvent.Recovered(at, in.text("resource"));
            case "director.state-set-aside" -> new DirectorEvent.StateSetAside(at, in.text("file"), in.text("reason"));
            case "director.service-down" -> new DirectorEvent.ServiceDown(at, in.text("service"), in.text("reason"));
            case "director.service-up" -> new DirectorEvent.ServiceUp(at, in.text("service"));
            case "director.sibling-silent" ->
                new DirectorEvent.SiblingSilent(at, in.text("service"), in.text("reason"));
            case "director.sibling-back" -> new DirectorEvent.SiblingBack(at, in.text("service"));
            default -> throw EventJson.unknown(in);
        };
    }
}
