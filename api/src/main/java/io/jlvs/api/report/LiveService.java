package io.jlvs.api.report;

import io.jlvs.api.ServiceKey;
import java.util.List;

/**
 * A virtual service and what goes on there now.
 *
 * @param up whether the data path has it
 */
public record LiveService(
        ServiceKey key,
        String scheduler,
        boolean up,
        long active,
        long inactive,
        Rates rates,
        double refusedPerSecond,
        List<LiveServer> servers) {

    public LiveService {
        servers = List.copyOf(servers);
    }
}
