package io.jlvs.engine.log;

import io.jlvs.api.Command;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.json.CommandJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each change, with who made it: logger {@code jlvs.audit}, level INFO. */
public final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("jlvs.audit");

    private Audit() {}

    /** The desired state was changed. */
    public static void changed(ConfigurationChanged event) {
        LOG.atInfo()
                .addKeyValue("by", event.by())
                .addKeyValue("configuration", event.version())
                .addKeyValue("command", CommandJson.address(event.change()).address())
                .addKeyValue("payload", CommandJson.payload(event.change()))
                .log("configuration {} by {}: {}", event.version(), event.by(), words(event.change()));
    }

    /** A setting that is not part of the desired state was changed. */
    public static void set(String by, String name, String value) {
        LOG.atInfo()
                .addKeyValue("by", by)
                .addKeyValue("setting", name)
                .addKeyValue("value", value)
                .log("{} by {}: {}", name, by, value);
    }

    /** The engine was told to do something. */
    public static void told(String by, String what) {
        LOG.atInfo().addKeyValue("by", by).addKeyValue("told", what).log("told by {} to {}", by, what);
    }

    /** Somebody was turned away. */
    public static void refused(String from, String why) {
        LOG.atInfo().addKeyValue("from", from).addKeyValue("refused", why).log("refused from {}: {}", from, why);
    }

    private static String words(Command change) {
        return switch (change) {
            case Command.AddService(var service) -> "add service " + service.key() + ", " + service.scheduler();
            case Command.EditService(var service) -> "edit service " + service.key() + ", " + service.scheduler();
            case Command.DeleteService(var key) -> "delete service " + key;
            case Command.AddServer(var key, var server) ->
                "add server " + server.endpoint() + " to " + key + ", " + server.mode() + ", weight " + server.weight();
            case Command.EditServer(var key, var server) ->
                "edit server " + server.endpoint() + " of " + key + ", " + server.mode() + ", weight "
                        + server.weight();
            case Command.DeleteServer(var key, var endpoint) -> "delete server " + endpoint + " of " + key;
            case Command.Clear() -> "delete all services";
            case Command.Zero(var key) -> "zero the counters of " + (key == null ? "all" : key);
        };
    }
}
