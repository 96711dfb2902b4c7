package io.jlvs.engine.registry;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import java.util.List;
import java.util.Optional;

/**
 * The desired state at one moment. A change makes a new one, by a {@link Draft}; entries that a change does not touch stay
 * the same objects.
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
}
