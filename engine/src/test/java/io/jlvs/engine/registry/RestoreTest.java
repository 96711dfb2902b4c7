package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the saved state when the engine starts. */
class RestoreTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final RealServer FIRST = RealServer.of(Endpoint.of("10.0.0.1", 8080), "nat", 1);

    private final RefusingDataPath dataPath = new RefusingDataPath();
    private final List<Configuration> scheduled = new ArrayList<>();
    private final List<JlvsEvent> events = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private final Registry registry = new Registry(
            dataPath, (state, _, _) -> follow(state), new MemoryStore(saved(WEB, DNS)), events::add, clock);

    @Test
    void restoresAllServicesWithOneTable() {
        restore();

        assertThat(keys()).containsExactly(WEB, DNS);
        assertThat(registry.current().version()).isEqualTo(40);
        assertThat(dataPath.serving()).containsExactly(WEB, DNS);
        assertThat(dataPath.taken).hasSize(1);
        assertThat(scheduled).containsExactly(registry.current());
        assertThat(events).isEmpty();
    }

    /** What an engine before has left in a kernel goes on while plugins are loaded. */
    @Test
    void givesTheDataPathNothingBeforeTheStateIsRestored() {
        registry.extensionsChanged(Offers.usual());
        assertThat(dataPath.taken).isEmpty();

        registry.restore();
        registry.extensionsChanged(Offers.usual());
        assertThat(dataPath.taken).hasSize(2);
    }

    @Test
    void givesTheDataPathATableWithoutServicesWhenNoneWereSaved() {
        var empty = new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, clock);

        empty.restore();

        assertThat(dataPath.taken)
                .singleElement()
                .satisfies(table -> assertThat(table.services()).isEmpty());
    }

    @Test
    void keepsARestoredServiceThatCantListenAndTriesItAgain() {
        dataPath.inUse.add(WEB);

        restore();

        var down = new DirectorEvent.ServiceDown(clock.millis(), "TCP 10.0.0.100:80", "TCP 10.0.0.100:80 is in use");
        assertThat(keys()).containsExactly(WEB, DNS);
        assertThat(dataPath.serving()).containsExactly(DNS);
        assertThat(events).containsExactly(down);

        registry.retryDown();
        assertThat(events).as("the same again is not told again").containsExactly(down);

        dataPath.inUse.clear();
        registry.retryDown();
        assertThat(dataPath.serving()).containsExactly(WEB, DNS);
        assertThat(events).containsExactly(down, new DirectorEvent.ServiceUp(clock.millis(), "TCP 10.0.0.100:80"));

        var tables = dataPath.taken.size();
        registry.retryDown();
        assertThat(dataPath.taken).as("nothing is down").hasSize(tables);
    }

    @Test
    void changesAroundAServiceThatIsDown() {
        dataPath.inUse.add(WEB);
        restore();

        registry.execute(new Command.AddServer(WEB, FIRST));
        registry.execute(new Command.AddServer(DNS, FIRST));
        assertThat(dataPath.serving()).containsExactly(DNS);

        registry.execute(new Command.DeleteService(WEB));
        dataPath.inUse.clear();
        registry.execute(new Command.AddService(VirtualService.of(WEB, "rr")));
        assertThat(dataPath.serving()).containsExactly(DNS, WEB);
    }

    private void restore() {
        registry.extensionsChanged(Offers.usual());
        scheduled.clear();
        dataPath.taken.clear();
        registry.restore();
    }

    private static Configuration saved(ServiceKey... keys) {
        return new Configuration(
                40,
                List.of(keys).stream()
                        .map(key -> new ServiceEntry(VirtualService.of(key, "rr"), List.of()))
                        .toList());
    }

    private List<ServiceKey> keys() {
        return registry.current().services().stream().map(ServiceEntry::key).toList();
    }

    private Map<ServiceKey, Plan> follow(Configuration state) {
        scheduled.add(state);
        return Map.of();
    }
}
