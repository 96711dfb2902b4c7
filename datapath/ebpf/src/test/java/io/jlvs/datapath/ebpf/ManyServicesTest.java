package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten thousand services with three servers each. */
class ManyServicesTest {

    private static final int MANY = 10_000;

    @Test
    void areTakenChangedAndTakenOver() {
        try (var directors = new Directors()) {
            directors.options = new EbpfOptions(
                    List.of(),
                    directors.options.pins(),
                    false,
                    4096,
                    16384,
                    65536,
                    false,
                    true,
                    true,
                    directors.options.modes());
            var entries = new ArrayList<ServiceEntry>();
            var plans = new HashMap<ServiceKey, Plan>();
            for (int i = 0; i < MANY; i++) {
                var entry = entry(i, 1);
                entries.add(entry);
                plans.put(entry.key(), plan(entry));
            }
            var changed = entries.get(5000);
            try (var dataPath = directors.start()) {
                time("first table", () -> dataPath.apply(new ForwardingTable(1, entries, Tables.MODES, plans)));

                entries.set(5000, entry(5000, 7));
                time("one service changed", () -> dataPath.apply(new ForwardingTable(2, entries, Tables.MODES, plans)));
                time("traffic", () -> assertThat(dataPath.traffic().services()).hasSize(MANY));
            }
            try (var dataPath = directors.start()) {
                time(
                        "table after adoption",
                        () -> dataPath.apply(new ForwardingTable(3, entries, Tables.MODES, plans)));
                time("all removed", () -> dataPath.apply(new ForwardingTable(4, List.of(), Tables.MODES, plans)));
                assertThat(dataPath.load(new ServerId(
                                        changed.key(),
                                        changed.servers().getFirst().endpoint()))
                                .active())
                        .isZero();
            }
        }
    }

    private static ServiceEntry entry(int number, int weight) {
        var service = ServiceKey.tcp("10.9." + number / 250 + "." + (number % 250 + 1), 80);
        var servers = new ArrayList<RealServer>();
        for (int i = 1; i <= 3; i++) {
            servers.add(RealServer.of(Endpoint.of("10.1.0." + i, 80), "pass", weight));
        }
        return new ServiceEntry(VirtualService.of(service, "rr"), servers);
    }

    private static Plan plan(ServiceEntry entry) {
        return new Plan.Cycle(
                entry.servers().stream()
                        .map(server -> new FakeServer(server.endpoint(), 1))
                        .toList(),
                0);
    }

    private static void time(String what, Runnable work) {
        var began = System.nanoTime();
        work.run();
        System.out.printf("%s: %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
    }
}
