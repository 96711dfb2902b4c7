package io.jlvs.api.datapath;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import java.util.Map;

/**
 * All counters at one moment. What is missing has counted nothing. A service's counters are its own: they keep what
 * servers since removed have carried.
 */
public record TrafficSnapshot(Map<ServiceKey, Traffic> services, Map<ServerId, Traffic> servers) {

    public TrafficSnapshot {
        services = Map.copyOf(services);
        servers = Map.copyOf(servers);
    }

    public Traffic of(ServiceKey service) {
        return services.getOrDefault(service, Traffic.NONE);
    }

    public Traffic of(ServerId server) {
        return servers.getOrDefault(server, Traffic.NONE);
    }
}
