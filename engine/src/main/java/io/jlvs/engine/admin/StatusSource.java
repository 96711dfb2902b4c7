package io.jlvs.engine.admin;

import io.jlvs.engine.plugin.PluginStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What {@code jlvs status} and {@code jlvs plugins} show. */
public interface StatusSource {

    /** One entry a line of the text; short values. */
    JsonObject status();

    List<PluginStatus> plugins();
}
