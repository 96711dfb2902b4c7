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
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.spi.Plan;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

    private static final ServiceKey WEB = ServiceKey.tcp("10.0.0.100", 80);
    private static final ServiceKey DNS = ServiceKey.udp("10.0.0.100", 53);
    private static final RealServer FIRST = server("10.0.0.1");
    private static final RealServer SECOND = server("10.0.0.2");

    private final RefusingDataPath dataPath = new RefusingDataPath();
    private static final Map<ServiceKey, Plan> PLANS =
            Map.of(WEB, new Plan.LeastCost(List.of(), 1, 0, 0, false, false));

    private final List<Configuration> scheduled = new ArrayList<>();
    private final List<JlvsEvent> events = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private final MemoryStore store = new MemoryStore();
    private final Registry registry = new Registry(dataPath, (state, _, _) -> follow(state), store, events::add, clock);

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
        assertThat(dataPath.taken.getLast().plans()).isEqualTo(PLANS);
        assertThat(store.saved()).isEqualTo(expected);
        assertThat(events).containsExactly(new ConfigurationChanged(clock.millis(), 1, command, "the engine"));
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
                        new ConfigurationChanged(clock.millis(), 1, new Command.Zero(WEB), "the engine"),
                        new ConfigurationChanged(clock.millis(), 1, new Command.Zero(null), "the engine"));
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
    void countsTheFallbackOfASchedulerThatAsksAsUsed() {
        registry.extensionsChanged(Offers.withAsking("wrr"));

        registry.execute(new Command.AddService(VirtualService.of(WEB, "asks")));

        assertThat(registry.servicesThatUse(Set.of("asks"), Set.of())).hasSize(1);
        assertThat(registry.servicesThatUse(Set.of("wrr"), Set.of())).hasSize(1);
        assertThat(registry.servicesThatUse(Set.of("rr"), Set.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "asks"})
    void refusesASchedulerWhoseFallbackNobodyOffersOrAsksItself(String fallback) {
        registry.extensionsChanged(Offers.withAsking(fallback));

        refuses(
                new Command.AddService(VirtualService.of(WEB, "asks")),
                ErrorCode.UNSUPPORTED,
                "the scheduler 'asks' falls back on '" + fallback + "'");
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

    private Map<ServiceKey, Plan> follow(Configuration state) {
        scheduled.add(state);
        return PLANS;
    }
}
