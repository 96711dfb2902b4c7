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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The next desired state in the making. Each change is made or refused by itself, and sees those before it; none is in
 * effect before the {@link Registry} goes over to the whole. A service that is deleted and added again in one draft is
 * taken for the same service. For one thread.
 */
public final class Draft {

    /** A change that was made. */
    record Change(long version, Command command) {}

    private final BiConsumer<Command, ServiceEntry> admission;
    private final Map<ServiceKey, ServiceEntry> services = new LinkedHashMap<>();
    private final Map<ServiceKey, List<ServiceEntry>> courses = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final long before;
    private long version;

    /** Without an admission: every change that makes sense by itself is made. */
    public Draft(Configuration current) {
        this(current, (_, _) -> {});
    }

    /** @param admission throws when a change can't be carried out; is told what would become of its service */
    Draft(Configuration current, BiConsumer<Command, ServiceEntry> admission) {
        this.admission = admission;
        this.before = current.version();
        this.version = before;
        current.services().forEach(entry -> services.put(entry.key(), entry));
    }

    public Optional<ServiceEntry> find(ServiceKey key) {
        return Optional.ofNullable(services.get(key));
    }

    /**
     * Makes a change.
     *
     * @throws CommandException if it is refused: nothing was changed then
     */
    public void execute(Command command) {
        switch (command) {
            case Command.AddService(var service) -> put(command, addService(service));
            case Command.EditService(var service) ->
                put(command, new ServiceEntry(service, require(service.key()).servers()));
            case Command.DeleteService(var key) -> delete(require(key));
            case Command.AddServer(var key, var server) -> put(command, addServer(require(key), server));
            case Command.EditServer(var key, var server) -> put(command, editServer(require(key), server));
            case Command.DeleteServer(var key, var endpoint) -> put(command, deleteServer(require(key), endpoint));
            case Command.Clear() -> clear();
            case Command.Zero(var key) -> {
                if (key != null) {
                    require(key);
                }
            }
        }
        changes.add(new Change(version, command));
    }

    /** The version of the state that it began with. */
    long base() {
        return before;
    }

    /** The changes that were made, in their order. */
    List<Command> commands() {
        return changes.stream().map(Change::command).toList();
    }

    /** Whether the desired state is another one than before. */
    boolean differs() {
        return version != before;
    }

    /** What the desired state is after the changes. */
    public Configuration configuration() {
        return new Configuration(version, List.copyOf(services.values()));
    }

    /** The services that were touched and are there, each with all that it was, one change after the other. */
    Map<ServiceKey, List<ServiceEntry>> courses() {
        return courses;
    }

    List<Change> changes() {
        return changes;
    }

    private void put(Command command, ServiceEntry entry) {
        admission.accept(command, entry);
        services.put(entry.key(), entry);
        courses.computeIfAbsent(entry.key(), _ -> new ArrayList<>()).add(entry);
        version++;
    }

    private void delete(ServiceEntry entry) {
        services.remove(entry.key());
        courses.remove(entry.key());
        version++;
    }

    private void clear() {
        services.clear();
        courses.clear();
        version++;
    }

    private ServiceEntry addService(VirtualService service) {
        if (services.containsKey(service.key())) {
            throw new CommandException(
                    ErrorCode.SERVICE_EXISTS, "virtual service " + service.key() + " already exists");
        }
        return new ServiceEntry(service, List.of());
    }

    private static ServiceEntry addServer(ServiceEntry entry, RealServer server) {
        if (entry.server(server.endpoint()).isPresent()) {
            throw new CommandException(
                    ErrorCode.SERVER_EXISTS,
                    "virtual service " + entry.key() + " already has real server " + server.endpoint());
        }
        var newestFirst = new ArrayList<RealServer>();
        newestFirst.add(server);
        newestFirst.addAll(entry.servers());
        return new ServiceEntry(entry.service(), newestFirst);
    }

    private static ServiceEntry editServer(ServiceEntry entry, RealServer server) {
        var servers = new ArrayList<>(entry.servers());
        servers.set(servers.indexOf(requireServer(entry, server.endpoint())), server);
        return new ServiceEntry(entry.service(), servers);
    }

    private static ServiceEntry deleteServer(ServiceEntry entry, Endpoint endpoint) {
        var servers = new ArrayList<>(entry.servers());
        servers.remove(requireServer(entry, endpoint));
        return new ServiceEntry(entry.service(), servers);
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
