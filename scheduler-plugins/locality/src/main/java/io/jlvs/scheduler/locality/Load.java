package io.jlvs.scheduler.locality;

import io.jlvs.api.Endpoint;
import io.jlvs.api.spi.Server;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much servers have to do for their weight, as IPVS weighs it. */
final class Load {

    /** How many inactive connections weigh as much as an active one. */
    private static final int ACTIVE = 256;

    private Load() {}

    static Map<Endpoint, Server> byEndpoint(List<? extends Server> servers) {
        return servers.stream().collect(Collectors.toUnmodifiableMap(Server::endpoint, server -> server));
    }

    /** The least loaded, the first of equals; null of none. */
    static @Nullable Server least(List<? extends Server> servers) {
        return servers.stream()
                .<Server>map(server -> server)
                .reduce((least, server) -> isLess(server, least) ? server : least)
                .orElse(null);
    }

    /** The most loaded, the first of equals; null of none. */
    static @Nullable Server most(List<? extends Server> servers) {
        return servers.stream()
                .<Server>map(server -> server)
                .reduce((most, server) -> isLess(most, server) ? server : most)
                .orElse(null);
    }

    /** Whether a server has more active connections than weight while another has less than half of its own. */
    static boolean isTooMuch(Server server, List<? extends Server> all) {
        return server.active() > server.weight()
                && all.stream().anyMatch(other -> 2L * other.active() < other.weight());
    }

    private static boolean isLess(Server server, Server than) {
        return overhead(server) * than.weight() < overhead(than) * server.weight();
    }

    private static long overhead(Server server) {
        return (long) server.active() * ACTIVE + server.inactive();
    }
}
