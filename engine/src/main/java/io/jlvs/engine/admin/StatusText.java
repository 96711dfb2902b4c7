package io.jlvs.engine.admin;

import io.jlvs.engine.plugin.PluginStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Status and plugins as text in columns. */
final class StatusText {

    private StatusText() {}

    static String of(JsonObject status) {
        var text = new StringBuilder();
        status.forEach(entry -> text.append("%-16s %s%n".formatted(entry.getKey(), entry.getValue())));
        return text.toString();
    }

    static String of(List<PluginStatus> plugins) {
        int width =
                plugins.stream().mapToInt(plugin -> plugin.jar().length()).max().orElse(0);
        var text = new StringBuilder();
        for (var plugin : plugins) {
            text.append(("%-" + Math.max(width, 1) + "s  %-10s  %-8s  %s%n")
                    .formatted(
                            plugin.jar(),
                            plugin.version(),
                            plugin.state().name().toLowerCase(Locale.ROOT),
                            plugin.detail().isEmpty() ? String.join(" ", plugin.offers()) : plugin.detail()));
        }
        return text.toString();
    }
}
