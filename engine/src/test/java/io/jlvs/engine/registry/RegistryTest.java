package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.event.ConfigurationChanged;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.engine.plugin.Extensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final RealServer FIRST = server("10.0.0.1");
    private static final RealServer SECOND = server("10.0.0.2");
    private static final RealServer THIRD = server("10.0.0.3");

    private final RefusingDataPath dataPath = new RefusingDataPath();
    private final List<Configuration> scheduled = new ArrayList<>();
    private final List<JlvsEvent> events = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private MemoryStore store = new MemoryStore();
    private Registry registry = registry();

    @BeforeEach
    void offer() {
        registry.extensionsChanged(Offers.usual());
        scheduled.clear();
    }

    @Test
    void handsAChangeToSchedulersDataPathStoreAndSubscribers() {
        var command = new Command.AddService(VirtualService.of(WEB, "rr"));

        registry.execute(command);

        var expected = new Configuration(1, List.of(new ServiceEntry(command.service(), List.of())));
        assertThat(registry.current()).isEqualTo(expected);
        assertThat(scheduled).containsExactly(expected);
        assertThat(dataPath.taken.getLast().services()).isEqualTo(expected.services());
        assertThat(dataPath.taken.getLast().version()).isEqualTo(1);
        assertThat(dataPath.taken.getLast().modes()).containsOnlyKeys("nat", "dr", "tun");
        assertThat(store.saved()).isEqualTo(expected);
        assertThat(events).containsExactly(new ConfigurationChanged(clock.millis(), 1, command));
    }

    @Test
    void keepsServersTheNewestFirst() {
        addWebWith(FIRST, SECOND, THIRD);

        assertThat(servers()).containsExactly(THIRD, SECOND, FIRST);
    }

    @Test
    void keepsTheServersPlaceWhenItIsEdited() {
        addWebWith(FIRST, SECOND, THIRD);

        registry.execute(new Command.EditServer(WEB, SECOND.withWeight(0)));

        assertThat(servers()).containsExactly(THIRD, SECOND.withWeight(0), FIRST);
    }

    @Test
    void putsAServerThatIsAddedAgainFirst() {
        addWebWith(FIRST, SECOND);

        registry.execute(new Command.DeleteServer(WEB, FIRST.endpoint()));
        registry.execute(new Command.AddServer(WEB, FIRST));

        assertThat(servers()).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsTheServersOfAServiceThatIsEdited() {
        addWebWith(FIRST, SECOND);

        registry.execute(new Command.EditService(VirtualService.of(WEB, "wrr")));

        assertThat(servers()).containsExactly(SECOND, FIRST);
        assertThat(registry.current().find(WEB).orElseThrow().service().scheduler())
                .isEqualTo("wrr");
    }

    @Test
    void keepsServicesInTheOrderOfTheirMaking() {
        add(WEB);
        add(DNS);
        registry.execute(new Command.EditService(VirtualService.of(WEB, "wrr")));
        assertThat(keys()).containsExactly(WEB, DNS);

        registry.execute(new Command.DeleteService(WEB));
        add(WEB);

        assertThat(keys()).containsExactly(DNS, WEB);
    }

    @Test
    void deletesEverythingWhenItIsCleared() {
        addWebWith(FIRST);
        add(DNS);

        registry.execute(new Command.Clear());

        assertThat(keys()).isEmpty();
        assertThat(registry.current().version()).isEqualTo(4);
        assertThat(dataPath.serving()).isEmpty();
    }

    @Test
    void tellsAZeroWithoutANewVersion() {
        add(WEB);
        var tables = dataPath.taken.size();

        registry.execute(new Command.Zero(WEB));
        registry.execute(new Command.Zero(null));

        assertThat(registry.current().version()).isEqualTo(1);
        assertThat(dataPath.taken).hasSize(tables);
        assertThat(events)
                .endsWith(
                        new ConfigurationChanged(clock.millis(), 1, new Command.Zero(WEB)),
                        new ConfigurationChanged(clock.millis(), 1, new Command.Zero(null)));
    }

    @Test
    void refusesWhatIsMissingOrThereAlready() {
        addWebWith(FIRST);

        refuses(new Command.AddService(VirtualService.of(WEB, "rr")), ErrorCode.SERVICE_EXISTS, "TCP 10.0.0.100:80");
        refuses(new Command.EditService(VirtualService.of(DNS, "rr")), ErrorCode.NO_SUCH_SERVICE, "UDP 10.0.0.100:53");
        refuses(new Command.DeleteService(DNS), ErrorCode.NO_SUCH_SERVICE, "UDP 10.0.0.100:53");
        refuses(new Command.Zero(DNS), ErrorCode.NO_SUCH_SERVICE, "UDP 10.0.0.100:53");
        refuses(new Command.AddServer(DNS, FIRST), ErrorCode.NO_SUCH_SERVICE, "UDP 10.0.0.100:53");
        refuses(new Command.AddServer(WEB, FIRST.withWeight(9)), ErrorCode.SERVER_EXISTS, "10.0.0.1:8080");
        refuses(new Command.EditServer(WEB, SECOND), ErrorCode.NO_SUCH_SERVER, "10.0.0.2:8080");
        refuses(new Command.DeleteServer(WEB, SECOND.endpoint()), ErrorCode.NO_SUCH_SERVER, "10.0.0.2:8080");
    }

    @Test
    void refusesWhatNoPluginOffers() {
        addWebWith(FIRST);

        refuses(
                new Command.AddService(VirtualService.of(DNS, "lc")),
                ErrorCode.NO_SUCH_SCHEDULER,
                "'lc'; loaded are: rr, wrr");
        refuses(new Command.EditService(VirtualService.of(WEB, "lc")), ErrorCode.NO_SUCH_SCHEDULER, "'lc'");
        refuses(
                new Command.AddServer(WEB, RealServer.of(SECOND.endpoint(), "xyz", 1)),
                ErrorCode.NO_SUCH_MODE,
                "'xyz'; loaded are: dr, nat, tun");
    }

    @Test
    void refusesWhatTheDataPathCantDo() {
        addWebWith(FIRST);

        var dr = RealServer.of(SECOND.endpoint(), "dr", 1);
        refuses(
                new Command.AddServer(WEB, dr),
                ErrorCode.UNSUPPORTED,
                "'user' of this engine; it needs the data path 'ebpf'");
        refuses(
                new Command.EditServer(WEB, RealServer.of(FIRST.endpoint(), "tun", 1)),
                ErrorCode.UNSUPPORTED,
                "'ebpf'");
        refuses(new Command.AddServer(WEB, SECOND.withWeight(13)), ErrorCode.UNSUPPORTED, "no weight 13");
        refuses(new Command.AddServer(WEB, server("2001:db8::1")), ErrorCode.UNSUPPORTED, "another address family");
        var onePacket = new VirtualService(DNS, "rr", Set.of(), null, true, ProxyProtocol.NONE);
        refuses(new Command.AddService(onePacket), ErrorCode.UNSUPPORTED, "no one-packet scheduling");
    }

    @Test
    void takesTheSchedulersBackWhenTheDataPathRefuses() {
        add(WEB);
        var before = registry.current();
        dataPath.inUse.add(DNS);

        refuses(
                new Command.AddService(VirtualService.of(DNS, "rr")),
                ErrorCode.DATA_PATH,
                "UDP 10.0.0.100:53 is in use");

        assertThat(scheduled).extracting(Configuration::version).containsExactly(1L, 2L, 1L);
        assertThat(scheduled.getLast()).isEqualTo(before);
        assertThat(store.saved()).isEqualTo(before);
    }

    @Test
    void takesTheSchedulersBackWhenTheDataPathBreaks() {
        dataPath.broken = true;

        assertThatThrownBy(() -> add(WEB))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");

        assertThat(registry.current()).isEqualTo(Configuration.EMPTY);
        assertThat(scheduled.getLast()).isEqualTo(Configuration.EMPTY);
        assertThat(events).isEmpty();
    }

    @Test
    void keepsAChangeThatCouldNotBeSaved() {
        store.fail();

        add(WEB);

        assertThatThrownBy(registry::awaitSaved)
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SAVED));
        assertThat(keys()).containsExactly(WEB);
    }

    @Test
    void restoresAllServicesWithOneTable() {
        restore(saved(WEB, DNS));

        assertThat(keys()).containsExactly(WEB, DNS);
        assertThat(registry.current().version()).isEqualTo(40);
        assertThat(dataPath.serving()).containsExactly(WEB, DNS);
        assertThat(dataPath.taken).hasSize(1);
        assertThat(scheduled).containsExactly(registry.current());
        assertThat(events).isEmpty();
    }

    @Test
    void keepsARestoredServiceThatCantListenAndTriesItAgain() {
        dataPath.inUse.add(WEB);

        restore(saved(WEB, DNS));

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
        restore(saved(WEB, DNS));

        registry.execute(new Command.AddServer(WEB, FIRST));
        registry.execute(new Command.AddServer(DNS, FIRST));
        assertThat(dataPath.serving()).containsExactly(DNS);

        registry.execute(new Command.DeleteService(WEB));
        dataPath.inUse.clear();
        registry.execute(new Command.AddService(VirtualService.of(WEB, "rr")));
        assertThat(dataPath.serving()).containsExactly(DNS, WEB);
    }

    @Test
    void goesOverToWhatPluginsOfferNow() {
        addWebWith(FIRST);
        var modes = Map.of("nat", Offers.usual().modes().get("nat"));

        registry.extensionsChanged(new Extensions(Offers.usual().schedulers(), Map.copyOf(modes)));

        assertThat(dataPath.taken.getLast().modes()).containsOnlyKeys("nat");
        assertThat(scheduled.getLast()).isEqualTo(registry.current());
    }

    @Test
    void knowsWhichServicesUseAPlugin() {
        addWebWith(FIRST);
        add(DNS);

        assertThat(registry.servicesThatUse(Set.of(), Set.of("nat"))).containsExactly("TCP 10.0.0.100:80");
        assertThat(registry.servicesThatUse(Set.of("rr"), Set.of())).hasSize(2);
        assertThat(registry.servicesThatUse(Set.of("wrr"), Set.of("dr"))).isEmpty();
    }

    @Test
    void takesChangesOfManyThreadsOneAfterTheOther() {
        add(WEB);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.rangeClosed(1, 200)
                    .mapToObj(i -> new Command.AddServer(WEB, server("10.1.0." + i)))
                    .forEach(command -> threads.execute(() -> registry.execute(command)));
        }

        assertThat(servers()).hasSize(200);
        assertThat(dataPath.taken).extracting(table -> table.version()).isSorted();
        assertThat(registry.current().version()).isEqualTo(201);
        assertThat(store.saved()).isEqualTo(registry.current());
    }

    private void refuses(Command command, ErrorCode code, String message) {
        var before = registry.current();
        var tables = dataPath.taken.size();
        var told = events.size();

        var refused = catchThrowableOfType(CommandException.class, () -> registry.execute(command));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(message);
        assertThat(registry.current()).isSameAs(before);
        assertThat(dataPath.taken).hasSize(tables);
        assertThat(events).hasSize(told);
    }

    private void restore(Configuration saved) {
        store = new MemoryStore(saved);
        registry = registry();
        registry.extensionsChanged(Offers.usual());
        scheduled.clear();
        dataPath.taken.clear();
        registry.restore();
    }

    private Registry registry() {
        return new Registry(dataPath, (state, _) -> scheduled.add(state), store, events::add, clock);
    }

    private static Configuration saved(ServiceKey... keys) {
        return new Configuration(
                40,
                List.of(keys).stream()
                        .map(key -> new ServiceEntry(VirtualService.of(key, "rr"), List.of(SECOND)))
                        .toList());
    }

    private void addWebWith(RealServer... servers) {
        add(WEB);
        for (var server : servers) {
            registry.execute(new Command.AddServer(WEB, server));
        }
    }

    private void add(ServiceKey key) {
        registry.execute(new Command.AddService(VirtualService.of(key, "rr")));
    }

    private List<RealServer> servers() {
        return registry.current().find(WEB).orElseThrow().servers();
    }

    private List<ServiceKey> keys() {
        return registry.current().services().stream().map(ServiceEntry::key).toList();
    }

    private static RealServer server(String address) {
        return RealServer.of(Endpoint.of(address, 8080), "nat", 1);
    }
}
