package io.jlvs.api;

import java.util.List;
import java.util.Optional;

/**
 * A virtual service and its real servers.
 *
 * @param servers the newest first: the order in which schedulers walk them, as in IPVS; no two with the same endpoint
 */
public record ServiceEntry(VirtualService service, List<RealServer> servers) {

    public ServiceEntry {
        servers = List.copyOf(servers);
    }

    /** Shorthand for the service's key. */
    public ServiceKey key() {
        return service.key();
    }

    /** The server with this endpoint. */
    public Optional<RealServer> server(Endpoint endpoint) {
        return servers.stream().filter(s -> s.endpoint().equals(endpoint)).findFirst();
    }
}
