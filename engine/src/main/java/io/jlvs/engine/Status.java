package io.jlvs.engine;

import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.engine.admin.StatusSource;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.plugin.PluginHost;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Registry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What the director tells of itself. */
record Status(
        InstantSource clock,
        long startedMillis,
        DataPathKind dataPath,
        Registry registry,
        PluginHost host,
        EngineConfig.Http http)
        implements StatusSource {

    Status(InstantSource clock, DataPathKind dataPath, Registry registry, PluginHost host, EngineConfig.Http http) {
        this(clock, clock.millis(), dataPath, registry, host, http);
    }

    @Override
    public JsonObject status() {
        var configuration = registry.current();
        return new JsonObject()
                .put("version", Version.CURRENT)
                .put("datapath", dataPath.lowerName())
                .put(
                        "uptime",
                        Duration.ofSeconds((clock.millis() - startedMillis) / 1000)
                                .toString())
                .put("configuration", configuration.version())
                .put("services", configuration.services().size())
                .put(
                        "servers",
                        configuration.services().stream()
                                .mapToInt(entry -> entry.servers().size())
                                .sum())
                .put(
                        "plugins",
                        host.status().stream()
                                .filter(plugin -> plugin.state() != PluginStatus.State.REJECTED)
                                .count())
                .put(
                        "rejected",
                        host.status().stream()
                                .filter(plugin -> plugin.state() == PluginStatus.State.REJECTED)
                                .count())
                .put("metrics", "http://" + http.host() + ":" + http.port() + "/metrics");
    }

    @Override
    public List<PluginStatus> plugins() {
        return host.status();
    }
}
