package io.jlvs.datapath.ebpf;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tables for tests. */
final class Tables {

    static final ServiceKey WEB = ServiceKey.tcp(Directors.VIP, 80);
    static final Map<String, ForwardingMode> MODES = Map.of("pass", PassMode.PASS);

    private Tables() {}

    static Endpoint endpoint(int number) {
        return Endpoint.of("10.1.0." + number, 80);
    }

    static ServiceEntry web(int... servers) {
        return new ServiceEntry(
                VirtualService.of(WEB, "rr"),
                Arrays.stream(servers)
                        .mapToObj(number -> RealServer.of(endpoint(number), "pass", 1))
                        .toList());
    }

    static ForwardingTable table(ServiceEntry... entries) {
        return new ForwardingTable(1, List.of(entries), MODES, Map.of());
    }

    static ForwardingTable planned(ServiceEntry entry, Plan plan) {
        return new ForwardingTable(1, List.of(entry), MODES, Map.of(entry.key(), plan));
    }

    /** One server after the other. */
    static Plan cycle(int... servers) {
        return new Plan.Cycle(
                Arrays.stream(servers)
                        .mapToObj(number -> new FakeServer(endpoint(number), 1))
                        .toList(),
                0);
    }
}
