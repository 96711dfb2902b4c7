package io.jlvs.engine;

import io.jlvs.api.bus.ApiVersion;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.admin.StatusSource;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.plugin.PluginHost;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.Registry;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What the director tells of itself. */
record Status(
        InstantSource clock,
        long startedMillis,
        DataPath dataPath,
        Registry registry,
        PluginHost host,
        EngineConfig.Http http)
        implements StatusSource {

    Status(InstantSource clock, DataPath dataPath, Registry registry, PluginHost host, EngineConfig.Http http) {
        this(clock, clock.millis(), dataPath, registry, host, http);
    }

    @Override
    public JsonObject status() {
        var configuration = registry.current();
        var servers = configuration.services().stream()
                .mapToInt(entry -> entry.servers().size())
                .sum();
        var rejected = host.status().stream()
                .filter(plugin -> plugin.state() == PluginStatus.State.REJECTED)
                .count();
        var status = new JsonObject()
                .put("version", Version.CURRENT)
                .put("api", ApiVersion.CURRENT)
                .put("datapath", dataPath.kind().lowerName());
        dataPath.details().forEach(status::put);
        return status.put("uptimeSeconds", (clock.millis() - startedMillis) / 1000)
                .put("configuration", configuration.version())
                .put("services", configuration.services().size())
                .put("servers", servers)
                .put("plugins", host.status().size() - rejected)
                .put("rejected", rejected)
                .put("console", http.console().name().toLowerCase(Locale.ROOT))
                .put(
                        "metrics",
                        (http.tls().isPresent() ? "https://" : "http://") + http.host() + ":" + http.port()
                                + "/metrics");
    }

    @Override
    public List<PluginStatus> plugins() {
        return host.status();
    }
}
