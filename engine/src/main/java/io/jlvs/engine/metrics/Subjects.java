package io.jlvs.engine.metrics;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.engine.registry.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What is configured now, with its labels: they are made when a service changes, not when it is scraped. */
final class Subjects {

    private final Supplier<Configuration> configuration;
    private final Labelling labelling;
    private final boolean ipvsNames;
    private volatile Known known = new Known(Configuration.EMPTY, new LinkedHashMap<>());

    Subjects(Supplier<Configuration> configuration, MetricsOptions options) {
        this.configuration = configuration;
        this.labelling = new Labelling(options);
        this.ipvsNames = options.ipvsNames();
    }

    /**
     * A virtual service.
     *
     * @param checksum CRC-32 of all that is configured of it
     */
    record Service(ServiceEntry entry, LabelText labels, List<Server> servers, long checksum) {

        ServiceKey key() {
            return entry.key();
        }
    }

    /**
     * A real server of a service.
     *
     * @param latency the labels of its connect latencies; null when they are not wanted
     * @param ipvs the labels that {@link IpvsNames} has for it
     */
    record Server(
            ServerId id,
            RealServer server,
            LabelText labels,
            @Nullable LabelText latency,
            LabelText ipvs) {}

    private record Known(Configuration configuration, SequencedMap<ServiceKey, Service> services) {}

    Labelling labelling() {
        return labelling;
    }

    /** All services that are configured now, in their order. */
    Collection<Service> services() {
        return known().services().values();
    }

    boolean isConfigured(ServiceKey key) {
        return known().services().containsKey(key);
    }

    /** CRC-32 of all services, in whatever order. */
    long checksum() {
        return services().stream().mapToLong(Service::checksum).sum() & 0xffff_ffffL;
    }

    @SuppressWarnings("ReferenceEquality") // what did not change is the same object
    private Known known() {
        var before = known;
        var current = configuration.get();
        if (before.configuration() == current) {
            return before;
        }
        var services = new LinkedHashMap<ServiceKey, Service>();
        for (var entry : current.services()) {
            var service = before.services().get(entry.key());
            services.put(entry.key(), service != null && service.entry() == entry ? service : service(entry));
        }
        var now = new Known(current, services);
        known = now;
        return now;
    }

    private Service service(ServiceEntry entry) {
        var servers = entry.servers().stream()
                .map(server -> server(entry.key(), server))
                .toList();
        return new Service(entry, labelling.of(entry.key()), servers, checksum(entry));
    }

    private Server server(ServiceKey service, RealServer server) {
        var id = new ServerId(service, server.endpoint());
        return new Server(
                id,
                server,
                labelling.of(service, server),
                labelling.ofLatency(service, server),
                ipvsNames ? IpvsNames.labels(id) : LabelText.NONE);
    }

    private static long checksum(ServiceEntry entry) {
        var crc = new CRC32();
        crc.update(entry.service().toString().getBytes(StandardCharsets.UTF_8));
        entry.servers().stream()
                .map(RealServer::toString)
                .sorted()
                .forEach(server -> crc.update(server.getBytes(StandardCharsets.UTF_8)));
        return crc.getValue();
    }
}
