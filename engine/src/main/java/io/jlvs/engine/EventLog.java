package io.jlvs.engine;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.ConnectionEvent;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import io.jlvs.engine.log.Audit;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log: a subscriber like any other. Connections are left out: there are metrics for them. */
final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger("jlvs");
    private static final List<BusAddress> LOGGED =
            List.of(BusAddress.EVENT_CONFIGURATION, BusAddress.EVENT_PLUGIN, BusAddress.EVENT_DIRECTOR);

    private EventLog() {}

    static void subscribe(Vertx vertx) {
        for (var address : LOGGED) {
            vertx.eventBus().<JlvsEvent>localConsumer(address.address(), message -> log(message.body()));
        }
    }

    private static void log(JlvsEvent event) {
        switch (event) {
            case ConnectionEvent _ -> {}
            case ConfigurationChanged changed -> Audit.changed(changed);
            case PluginEvent plugin -> logPlugin(plugin);
            case DirectorEvent director -> logDirector(director);
        }
    }

    private static void logPlugin(PluginEvent event) {
        switch (event) {
            case PluginEvent.Loaded e ->
                LOG.info(
                        "plugin {} {} {}: offers {}",
                        e.jar(),
                        e.version(),
                        e.replaced() ? "replaced" : "loaded",
                        e.offers());
            case PluginEvent.Removed e -> LOG.info("plugin {} removed", e.jar());
            case PluginEvent.Kept e ->
                LOG.warn("plugin {} is gone from the folder but still used by {}", e.jar(), e.usedBy());
            case PluginEvent.Rejected e -> LOG.warn("plugin {} rejected: {}", e.jar(), e.reason());
            case PluginEvent.Failed e -> LOG.warn("plugin {}: {} failed: {}", e.jar(), e.extension(), e.error());
        }
    }

    private static void logDirector(DirectorEvent event) {
        switch (event) {
            case DirectorEvent.Started e -> LOG.info("JLVS {} forwards, data path {}", e.version(), e.dataPath());
            case DirectorEvent.Overloaded e -> LOG.warn("overloaded: {}: {}", e.resource(), e.detail());
            case DirectorEvent.Recovered e -> LOG.info("recovered: {}", e.resource());
            case DirectorEvent.StateSetAside e ->
                LOG.error("the saved state was set aside as {}: {}", e.file(), e.reason());
            case DirectorEvent.ServiceDown e -> LOG.error("service {} is down: {}", e.service(), e.reason());
            case DirectorEvent.ServiceUp e -> LOG.info("service {} is up", e.service());
            case DirectorEvent.SiblingSilent e ->
                LOG.warn("the sibling that picks for {} is silent, the fallback picks: {}", e.service(), e.reason());
            case DirectorEvent.SiblingBack e -> LOG.info("the sibling that picks for {} answers again", e.service());
        }
    }
}
