package io.jlvs.api.json;

import static io.jlvs.api.json.EventJson.typed;

import io.jlvs.api.event.PluginEvent;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Plugin events as JSON. */
final class PluginEventJson {

    private PluginEventJson() {}

    static JsonObject toJson(PluginEvent event) {
        return switch (event) {
            case PluginEvent.Loaded e ->
                typed("plugin.loaded", e.at())
                        .put("jar", e.jar())
                        .put("plugin", e.plugin())
                        .put("version", e.version())
                        .put("offers", ModelJson.array(e.offers(), Function.identity()))
                        .put("replaced", e.replaced());
            case PluginEvent.Removed e ->
                typed("plugin.removed", e.at()).put("jar", e.jar()).put("plugin", e.plugin());
            case PluginEvent.Rejected e ->
                typed("plugin.rejected", e.at()).put("jar", e.jar()).put("reason", e.reason());
            case PluginEvent.Kept e ->
                typed("plugin.kept", e.at())
                        .put("jar", e.jar())
                        .put("plugin", e.plugin())
                        .put("usedBy", ModelJson.array(e.usedBy(), Function.identity()));
            case PluginEvent.Failed e ->
                typed("plugin.failed", e.at())
                        .put("jar", e.jar())
                        .put("extension", e.extension())
                        .put("error", e.error());
        };
    }

    static PluginEvent event(String type, JsonReader in) {
        var at = in.number("at");
        var jar = in.text("jar");
        return switch (type) {
            case "plugin.loaded" ->
                new PluginEvent.Loaded(
                        at, jar, in.text("plugin"), in.text("version"), in.texts("offers"), in.flag("replaced"));
            case "plugin.removed" -> new PluginEvent.Removed(at, jar, in.text("plugin"));
            case "plugin.rejected" -> new PluginEvent.Rejected(at, jar, in.text("reason"));
            case "plugin.kept" -> new PluginEvent.Kept(at, jar, in.text("plugin"), in.texts("usedBy"));
            case "plugin.failed" -> new PluginEvent.Failed(at, jar, in.text("extension"), in.text("error"));
            default -> throw EventJson.unknown(in);
        };
    }
}
