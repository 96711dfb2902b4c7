package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.U32;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand services with three servers each. */
class ManyServicesTest {

    private static final int MANY = 10_000;

    private final List<ServiceEntry> entries = new ArrayList<>();
    private final Map<ServiceKey, Plan> plans = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private Directors directors;

    @BeforeEach
    void start() {
        directors = new Directors();
        directors.options = Directors.options(List.of(), false, 16384, 65536);
        for (int i = 0; i < MANY; i++) {
            var entry = entry(i);
            entries.add(entry);
            plans.put(entry.key(), plan(entry));
        }
    }

    @AfterEach
    void stop() {
        if (directors != null) {
            directors.close();
        }
    }

    @Test
    void changeOfOneTouchesNoOther() {
        try (var dataPath = directors.start()) {
            dataPath.apply(table());
            var before = plansInTheKernel();

            plans.put(entries.getFirst().key(), plan(entries.getFirst()));
            dataPath.apply(table());

            var after = plansInTheKernel();
            assertThat(before).hasSize(MANY);
            after.removeAll(before);
            assertThat(after).hasSize(1);
        }
    }

    @Test
    void nextEngineKeepsWhatIsTheSame() {
        Set<Integer> before;
        try (var dataPath = directors.start()) {
            dataPath.apply(table());
            before = plansInTheKernel();
        }
        try (var dataPath = directors.start()) {
            entries.forEach(entry -> plans.put(entry.key(), plan(entry)));
            dataPath.apply(table());

            assertThat(plansInTheKernel()).isEqualTo(before);
            assertThat(dataPath.traffic().services()).hasSize(MANY);
        }
    }

    @Test
    void allCanBeRemoved() {
        try (var dataPath = directors.start()) {
            dataPath.apply(table());

            dataPath.apply(new ForwardingTable(2, List.of(), Tables.MODES, Map.of()));

            assertThat(plansInTheKernel())
                    .as("shared by all that have no server")
                    .hasSizeLessThan(MANY / 100);
            assertThat(count("services")).isZero();
        }
    }

    private ForwardingTable table() {
        return new ForwardingTable(1, entries, Tables.MODES, plans);
    }

    /** The kernel's numbers of the maps that hold plans: a new plan is a new map. */
    private Set<Integer> plansInTheKernel() {
        var numbers = new HashSet<Integer>();
        try (var map = pinned("plans")) {
            map.forEach(1024, (_, value) -> {
                if (value.get(U32, 0) != 0) {
                    numbers.add(value.get(U32, 0));
                }
            });
        }
        return numbers;
    }

    private int count(String name) {
        var entriesSeen = new ArrayList<Integer>();
        try (var map = pinned(name)) {
            map.forEach(1024, (_, _) -> entriesSeen.add(1));
        }
        return entriesSeen.size();
    }

    private BpfMap pinned(String name) {
        return BpfMap.openPinned(
                directors.options.pins().resolve("v" + Layouts.VERSION).resolve(name));
    }

    private static ServiceEntry entry(int number) {
        var service = ServiceKey.tcp("10.9." + number / 250 + "." + (number % 250 + 1), 80);
        var servers = new ArrayList<RealServer>();
        for (int i = 1; i <= 3; i++) {
            servers.add(RealServer.of(Endpoint.of("10.1.0." + i, 80), "pass", 1));
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
}
