package io.jlvs.api.datapath;

import io.jlvs.api.ServiceEntry;
import io.jlvs.api.spi.ForwardingMode;
import java.util.List;
import java.util.Map;

/**
 * What a data path has to do: the compiled, immutable form of the desired state.
 *
 * @param version rises with each change
 * @param services no two with the same key
 * @param modes every forwarding mode that is loaded, by name
 */
public record ForwardingTable(long version, List<ServiceEntry> services, Map<String, ForwardingMode> modes) {

    public ForwardingTable {
        services = List.copyOf(services);
        modes = Map.copyOf(modes);
    }
}
