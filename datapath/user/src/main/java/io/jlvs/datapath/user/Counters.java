package io.jlvs.datapath.user;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Traffic;
import io.jlvs.api.datapath.TrafficSnapshot;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All counters of the relay. */
final class Counters {

    private final Map<ServiceKey, TrafficCounter> services = new ConcurrentHashMap<>();
    private final Map<ServerId, ServerCounter> servers = new ConcurrentHashMap<>();

    TrafficCounter of(ServiceKey service) {
        return services.computeIfAbsent(service, _ -> new TrafficCounter());
    }

    ServerCounter of(ServerId server) {
        return servers.computeIfAbsent(server, _ -> new ServerCounter());
    }

    /** Counts a connection for a server: what a pick that follows must see. */
    Share take(ServerId server, boolean active) {
        return new Share(of(server.service()), of(server), active);
    }

    TrafficSnapshot snapshot() {
        return new TrafficSnapshot(traffic(services), traffic(servers));
    }

    /** Drops what neither the table nor a connection needs any more. */
    void retain(ForwardingTable table) {
        services.keySet().retainAll(keys(table));
        var known = servers(table);
        servers.entrySet()
                .removeIf(entry ->
                        !known.contains(entry.getKey()) && !entry.getValue().inUse());
    }

    private static Set<ServiceKey> keys(ForwardingTable table) {
        var keys = new HashSet<ServiceKey>();
        table.services().forEach(entry -> keys.add(entry.key()));
        return keys;
    }

    private static Set<ServerId> servers(ForwardingTable table) {
        var ids = new HashSet<ServerId>();
        for (ServiceEntry entry : table.services()) {
            entry.servers().forEach(server -> ids.add(new ServerId(entry.key(), server.endpoint())));
        }
        return ids;
    }

    private static <K> Map<K, Traffic> traffic(Map<K, ? extends TrafficCounter> counters) {
        return counters.entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().traffic()));
    }

    /** One connection's part in the counters of its service and its server. Used on one event loop after it was made. */
    static final class Share {

        private final TrafficCounter service;
        private final ServerCounter server;
        private boolean active;

        private Share(TrafficCounter service, ServerCounter server, boolean active) {
            this.service = service;
            this.server = server;
            this.active = active;
            server.add(active);
        }

        /** The server has taken it, so long after it was asked. */
        void accepted(long connectNanos) {
            opened();
            server.accepted(connectNanos);
        }

        /** It is a connection from now on. */
        void opened() {
            service.connection();
            server.connection();
        }

        void bytes(Direction direction, long count) {
            service.bytes(direction, count);
            server.bytes(direction, count);
        }

        void packet(Direction direction, long bytes) {
            service.packet(direction, bytes);
            server.packet(direction, bytes);
        }

        /** One side has closed: the connection counts as inactive from now on. */
        void deactivate() {
            if (active) {
                server.add(false);
                server.remove(true);
                active = false;
            }
        }

        void release() {
            server.remove(active);
        }
    }
}
