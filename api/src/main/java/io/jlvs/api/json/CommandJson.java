package io.jlvs.api.json;

import io.jlvs.api.Command;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.vertx.core.json.JsonObject;

/** Commands as the payloads of their addresses. */
public final class CommandJson {

    private CommandJson() {}

    /** Where the command is asked for. */
    public static BusAddress address(Command command) {
        return switch (command) {
            case Command.AddService _ -> BusAddress.SERVICE_ADD;
            case Command.EditService _ -> BusAddress.SERVICE_EDIT;
            case Command.DeleteService _ -> BusAddress.SERVICE_DELETE;
            case Command.AddServer _ -> BusAddress.SERVER_ADD;
            case Command.EditServer _ -> BusAddress.SERVER_EDIT;
            case Command.DeleteServer _ -> BusAddress.SERVER_DELETE;
            case Command.Clear _ -> BusAddress.SERVICE_CLEAR;
            case Command.Zero _ -> BusAddress.SERVICE_ZERO;
        };
    }

    /** What is sent there. */
    public static JsonObject payload(Command command) {
        return switch (command) {
            case Command.AddService(var service) -> ModelJson.toJson(service);
            case Command.EditService(var service) -> ModelJson.toJson(service);
            case Command.DeleteService(var key) -> ModelJson.toJson(key);
            case Command.AddServer(var key, var server) -> ofServer(key, ModelJson.toJson(server));
            case Command.EditServer(var key, var server) -> ofServer(key, ModelJson.toJson(server));
            case Command.DeleteServer(var key, var endpoint) -> ofServer(key, ModelJson.toJson(endpoint));
            case Command.Clear _ -> new JsonObject();
            case Command.Zero(var key) -> key == null ? new JsonObject() : ModelJson.toJson(key);
        };
    }

    /**
     * The command that a payload at an address asks for.
     *
     * @throws IllegalArgumentException if the address takes no command, or naming what is wrong in the payload
     */
    public static Command command(BusAddress address, JsonObject payload) {
        return command(address, new JsonReader(payload));
    }

    static Command command(BusAddress address, JsonReader in) {
        return switch (address) {
            case SERVICE_ADD -> new Command.AddService(ModelJson.virtualService(in));
            case SERVICE_EDIT -> new Command.EditService(ModelJson.virtualService(in));
            case SERVICE_DELETE -> new Command.DeleteService(ModelJson.serviceKey(in));
            case SERVICE_CLEAR -> new Command.Clear();
            case SERVICE_ZERO -> new Command.Zero(in.isEmpty() ? null : ModelJson.serviceKey(in));
            case SERVER_ADD -> new Command.AddServer(service(in), ModelJson.realServer(in.object("server")));
            case SERVER_EDIT -> new Command.EditServer(service(in), ModelJson.realServer(in.object("server")));
            case SERVER_DELETE -> new Command.DeleteServer(service(in), ModelJson.endpoint(in.object("server")));
            default -> throw new IllegalArgumentException(address.address() + " takes no command");
        };
    }

    private static JsonObject ofServer(ServiceKey service, JsonObject server) {
        return JsonObject.of("service", ModelJson.toJson(service), "server", server);
    }

    private static ServiceKey service(JsonReader in) {
        return ModelJson.serviceKey(in.object("service"));
    }
}
