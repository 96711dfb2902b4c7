package io.jlvs.api.report;

import io.jlvs.api.Endpoint;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * A virtual service and its figures.
 *
 * @param traffic since the zero point
 * @param servers the newest first
 */
public record ServiceReport(VirtualService service, Traffic traffic, Rates rates, List<ServerReport> servers) {

    public ServiceReport {
        servers = List.copyOf(servers);
    }

    public Optional<ServerReport> server(Endpoint endpoint) {
        return servers.stream()
                .filter(report -> report.server().endpoint().equals(endpoint))
                .findFirst();
    }
}
