package io.jlvs.scheduler.remote;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.Locale;
import java.util.Map;

/** What a sibling is asked, as JSON: {@code pick.json} of the api. */
final class Question {

    private Question() {}

    static Map<String, ?> of(ServerPool pool, Flow flow) {
        return Map.of(
                "service", service(pool.service()),
                "flow", flow(flow),
                "servers", pool.eligible().stream().map(Question::server).toList());
    }

    private static Map<String, ?> service(ServiceKey service) {
        return switch (service) {
            case ServiceKey.Address(var protocol, var virtual) ->
                Map.of("protocol", lower(protocol), "address", address(virtual), "port", virtual.port());
            case ServiceKey.FirewallMark(var mark, var family) ->
                family == AddressFamily.IPV6 ? Map.of("fwmark", mark, "family", "ipv6") : Map.of("fwmark", mark);
        };
    }

    private static Map<String, ?> flow(Flow flow) {
        return Map.of(
                "protocol", lower(flow.protocol()),
                "client", endpoint(flow.client()),
                "virtual", endpoint(flow.virtual()));
    }

    private static Map<String, ?> server(Server server) {
        return Map.of(
                "server", server.endpoint().toString(),
                "weight", server.weight(),
                "active", server.active(),
                "inactive", server.inactive());
    }

    private static Map<String, ?> endpoint(Endpoint endpoint) {
        return Map.of("address", address(endpoint), "port", endpoint.port());
    }

    private static String address(Endpoint endpoint) {
        return Addresses.format(endpoint.address());
    }

    private static String lower(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }
}
