package io.jlvs.engine.registry;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The desired state at one moment. A change makes a new one; entries that a change does not touch stay the same objects.
 *
 * @param version rises by one with each change
 * @param services in the order of their making, no two with the same key
 */
public record Configuration(long version, List<ServiceEntry> services) {

    public static final Configuration EMPTY = new Configuration(0, List.of());

    public Configuration {
        services = List.copyOf(services);
    }

    public Optional<ServiceEntry> find(ServiceKey key) {
        return services.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /**
     * The state after a command.
     *
     * @throws CommandException if what the command is about is missing or already there
     */
    public Configuration after(Command command) {
        return switch (command) {
            case Command.AddService(var service) -> addService(service);
            case Command.EditService(var service) ->
                replace(new ServiceEntry(service, require(service.key()).servers()));
            case Command.DeleteService(var key) -> without(require(key));
            case Command.AddServer(var key, var server) -> addServer(require(key), server);
            case Command.EditServer(var key, var server) -> editServer(require(key), server);
            case Command.DeleteServer(var key, var endpoint) -> deleteServer(require(key), endpoint);
            case Command.Clear() -> new Configuration(version + 1, List.of());
            case Command.Zero(var key) -> key == null ? this : unchangedIfThere(key);
        };
    }

    private Configuration addService(VirtualService service) {
        if (find(service.key()).isPresent()) {
            throw new CommandException(
                    ErrorCode.SERVICE_EXISTS, "virtual service " + service.key() + " already exists");
        }
        var longer = new ArrayList<>(services);
        longer.add(new ServiceEntry(service, List.of()));
        return new Configuration(version + 1, longer);
    }

    private Configuration addServer(ServiceEntry entry, RealServer server) {
        if (entry.server(server.endpoint()).isPresent()) {
            throw new CommandException(
                    ErrorCode.SERVER_EXISTS,
                    "virtual service " + entry.key() + " already has real server " + server.endpoint());
        }
        var newestFirst = new ArrayList<RealServer>();
        newestFirst.add(server);
        newestFirst.addAll(entry.servers());
        return replace(new ServiceEntry(entry.service(), newestFirst));
    }

    private Configuration editServer(ServiceEntry entry, RealServer server) {
        var servers = new ArrayList<>(entry.servers());
        servers.set(servers.indexOf(requireServer(entry, server.endpoint())), server);
        return replace(new ServiceEntry(entry.service(), servers));
    }

    private Configuration deleteServer(ServiceEntry entry, Endpoint endpoint) {
        var servers = new ArrayList<>(entry.servers());
        servers.remove(requireServer(entry, endpoint));
        return replace(new ServiceEntry(entry.service(), servers));
    }

    private Configuration unchangedIfThere(ServiceKey key) {
        require(key);
        return this;
    }

    private Configuration replace(ServiceEntry changed) {
        return new Configuration(
                version + 1,
                services.stream()
                        .map(entry -> entry.key().equals(changed.key()) ? changed : entry)
                        .toList());
    }

    private Configuration without(ServiceEntry gone) {
        return new Configuration(
                version + 1,
                services.stream()
                        .filter(entry -> !entry.key().equals(gone.key()))
                        .toList());
    }

    private ServiceEntry require(ServiceKey key) {
        return find(key)
                .orElseThrow(
                        () -> new CommandException(ErrorCode.NO_SUCH_SERVICE, "there is no virtual service " + key));
    }

    private static RealServer requireServer(ServiceEntry entry, Endpoint endpoint) {
        return entry.server(endpoint)
                .orElseThrow(() -> new CommandException(
                        ErrorCode.NO_SUCH_SERVER,
                        "virtual service " + entry.key() + " has no real server " + endpoint));
    }
}
