package io.jlvs.api.datapath;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Plan;
import java.util.List;
import java.util.Map;

/**
 * What a data path has to do: the compiled, immutable form of the desired state.
 *
 * @param version rises with each change
 * @param services no two with the same key
 * @param modes every forwarding mode that is loaded, by name
 * @param plans of the services whose scheduler offers one; the same object as long as it holds. Others are asked for
 */
public record ForwardingTable(
        long version, List<ServiceEntry> services, Map<String, ForwardingMode> modes, Map<ServiceKey, Plan> plans) {

    public ForwardingTable {
        services = List.copyOf(services);
        modes = Map.copyOf(modes);
        plans = Map.copyOf(plans);
    }

    /** A table in which each connection is asked for. */
    public ForwardingTable(long version, List<ServiceEntry> services, Map<String, ForwardingMode> modes) {
        this(version, services, modes, Map.of());
    }
}
