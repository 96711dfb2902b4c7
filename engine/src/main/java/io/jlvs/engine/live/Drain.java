package io.jlvs.engine.live;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/** Takes a real server out of its services without breaking a connection: weight 0, then waiting until it is empty. */
public final class Drain {

    private final Registry registry;
    private final DataPath dataPath;

    public Drain(Registry registry, DataPath dataPath) {
        this.registry = registry;
        this.dataPath = dataPath;
    }

    /** A real server of a service, as it is or was. */
    public record Place(ServiceKey service, RealServer server) {}

    /**
     * Gives a server weight 0.
     *
     * @param by on whose account
     * @param service the address of one service, such as {@code 10.0.0.1:80}, or empty for all that have the server
     * @return the server as it was, in each service
     * @throws CommandException with {@code NO_SUCH_SERVER}
     */
    public List<Place> begin(String by, Endpoint endpoint, String service) {
        var places = find(endpoint, service);
        if (places.isEmpty()) {
            throw new CommandException(
                    ErrorCode.NO_SUCH_SERVER,
                    "no virtual service" + (service.isEmpty() ? "" : " " + service) + " has the real server "
                            + endpoint);
        }
        registry.execute(
                by,
                draft -> places.stream()
                        .filter(place -> place.server().weight() > 0)
                        .forEach(place -> draft.execute(new Command.EditServer(
                                place.service(), place.server().withWeight(0)))));
        registry.awaitSaved();
        return places;
    }

    /** How many active connections the server has left. */
    public long left(Endpoint endpoint, String service) {
        return find(endpoint, service).stream()
                .map(place -> new ServerId(place.service(), endpoint))
                .mapToLong(id -> dataPath.load(id).active())
                .sum();
    }

    private List<Place> find(Endpoint endpoint, String service) {
        var found = new ArrayList<Place>();
        for (var entry : registry.current().services()) {
            if (service.isEmpty() || ServicePicture.name(entry.key()).equals(service)) {
                entry.servers().stream()
                        .filter(server -> server.endpoint().equals(endpoint))
                        .forEach(server -> found.add(new Place(entry.key(), server)));
            }
        }
        return found;
    }
}
