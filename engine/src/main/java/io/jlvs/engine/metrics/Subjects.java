package io.jlvs.engine.metrics;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.registry.Configuration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The label values of services and servers, and which of them are configured now. Metrics of what is not configured any
 * more are dropped with the next scrape.
 */
final class Subjects {

    private final Supplier<Configuration> configuration;
    private Known known = Known.of(Configuration.EMPTY);

    Subjects(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    /** What protocol and service are called in labels: {@code tcp}, {@code 10.0.0.100:80}. */
    static List<String> values(ServiceKey key) {
        return switch (key) {
            case ServiceKey.Address(var protocol, var virtual) -> List.of(protocol.lowerName(), virtual.toString());
            case ServiceKey.FirewallMark _ -> List.of("fwm", key.toString().substring("FWM ".length()));
        };
    }

    /** The same with the server. */
    static List<String> values(ServerId id) {
        var service = values(id.service());
        return List.of(service.get(0), service.get(1), id.server().toString());
    }

    /** Protocol and service of all that are configured now. */
    Set<List<String>> services() {
        return known().services();
    }

    /** Protocol, service and server of all that are configured now. */
    Set<List<String>> servers() {
        return known().servers();
    }

    /** Whether the label values, of which the first two name a service, are about a configured one. */
    boolean isService(List<String> values) {
        return known().services().contains(values.subList(0, 2));
    }

    /** Whether the label values, of which the first three name a server, are about a configured one. */
    boolean isServer(List<String> values) {
        return known().servers().contains(values.subList(0, 3));
    }

    private synchronized Known known() {
        var current = configuration.get();
        if (!known.configuration().equals(current)) {
            known = Known.of(current);
        }
        return known;
    }

    private record Known(Configuration configuration, Set<List<String>> services, Set<List<String>> servers) {

        static Known of(Configuration configuration) {
            var services = new HashSet<List<String>>();
            var servers = new HashSet<List<String>>();
            for (var entry : configuration.services()) {
                services.add(values(entry.key()));
                entry.servers().forEach(server -> servers.add(values(new ServerId(entry.key(), server.endpoint()))));
            }
            return new Known(configuration, services, servers);
        }
    }
}
