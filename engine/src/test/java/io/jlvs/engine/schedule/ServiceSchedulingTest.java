package io.jlvs.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.ConnectionScheduled.How;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceSchedulingTest {

    private static final ServiceKey SERVICE = ServiceKey.tcp("10.0.0.100", 80);
    private static final Endpoint A = Endpoint.of("10.0.1.1", 80);
    private static final Endpoint B = Endpoint.of("10.0.1.2", 80);

    private final FakeDataPath dataPath = new FakeDataPath();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable ServiceScheduling scheduling;

    @Test
    void sendsAConnectionWhereTheSchedulerPicks() {
        given(service(null), scheduler(pool -> _ -> pool.eligible().getLast()), nat(A, 1), nat(B, 1));

        var pick = decide("10.9.9.9");

        assertThat(pick.decision()).isEqualTo(new Decision.Forward(new ServerId(SERVICE, B), nat(B, 1)));
        assertThat(pick.how()).isEqualTo(How.SCHEDULER);
    }

    @Test
    void offersTheSchedulerOnlyServersWithWeightAndBelowTheirThreshold() {
        var seen = new ArrayList<List<Endpoint>>();
        given(
                service(null),
                scheduler(pool -> _ -> {
                    seen.add(pool.eligible().stream().map(Server::endpoint).toList());
                    return pool.eligible().getFirst();
                }),
                limited(A, 2, 1),
                nat(B, 1),
                nat(Endpoint.of("10.0.1.3", 80), 0));
        load(A, 2);
        decide("10.9.9.9");
        load(A, 1);
        decide("10.9.9.9");
        load(A, 0);

        decide("10.9.9.9");

        assertThat(seen).containsExactly(List.of(B), List.of(B), List.of(A, B));
    }

    @Test
    void refusesWhenNoServerIsEligible() {
        given(service(null), first(), nat(A, 0));

        assertThat(decide("10.9.9.9").decision()).isEqualTo(new Decision.Refuse(RefusalReason.NO_SERVER));
    }

    @Test
    void refusesWhenTheSchedulerDoes() {
        given(service(null), scheduler(_ -> _ -> null), nat(A, 1));

        assertThat(decide("10.9.9.9").decision()).isEqualTo(new Decision.Refuse(RefusalReason.SCHEDULER_REFUSED));
    }

    @Test
    void refusesWhenTheSchedulersPluginIsNotLoaded() {
        given(service(null), first(), nat(A, 1));

        scheduling().goOver(entry(service(null), nat(A, 1)), Extensions.NONE);

        assertThat(decide("10.9.9.9").decision()).isEqualTo(new Decision.Refuse(RefusalReason.NO_SCHEDULER));
    }

    @Test
    void survivesASchedulerThatThrowsAndSpreadsOverTheEligible() {
        given(
                service(null),
                scheduler(_ -> _ -> {
                    throw new NoClassDefFoundError("not/There");
                }),
                nat(A, 1),
                nat(B, 1));

        assertThat(List.of(endpoint(decide("10.9.9.9")), endpoint(decide("10.9.9.9"))))
                .containsExactlyInAnyOrder(A, B);
        assertThat(failures).hasSize(2).allSatisfy(e -> assertThat(e).hasMessage("not/There"));
    }

    @Test
    void survivesASchedulerThatThrowsWhilePreparing() {
        given(
                service(null),
                scheduler(_ -> {
                    throw new IllegalArgumentException("no");
                }),
                nat(A, 1));

        assertThat(decide("10.9.9.9").how()).isEqualTo(How.FALLBACK);
        assertThat(failures).hasSize(1);
    }

    @Test
    void takesAServerOfAnotherPoolOrAnIneligibleOneForNonsense() {
        given(service(null), scheduler(pool -> _ -> pool.all().getLast()), nat(A, 1), nat(B, 0));

        assertThat(endpoint(decide("10.9.9.9"))).isEqualTo(A);
        assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("10.0.1.2:80"));
    }

    @Test
    void takesTheNextServerWhenThePickedOneCouldNotBeReached() {
        given(service(null), first(), nat(A, 1), nat(B, 1));

        assertThat(endpoint(decide("10.9.9.9", Set.of(A)))).isEqualTo(B);
        assertThat(decide("10.9.9.9", Set.of(A, B)).decision())
                .isEqualTo(new Decision.Refuse(RefusalReason.UNREACHABLE));
    }

    @Test
    void keepsAPersistentClientAndItsNetworkOnItsServer() {
        var everyOther = scheduler(pool -> new Picker() {
            private int turn;

            @Override
            public Server pick(Flow flow) {
                return pool.eligible().get(turn++ % pool.eligible().size());
            }
        });
        given(
                service(new Persistence(300, Persistence.prefixMask(AddressFamily.IPV4, 24), null)),
                everyOther,
                nat(A, 1),
                nat(B, 1));
        var first = endpoint(decide("10.9.9.9"));

        assertThat(endpoint(decide("10.9.9.200"))).isEqualTo(first);
        assertThat(decide("10.9.9.9").how()).isEqualTo(How.PERSISTENCE);
        assertThat(endpoint(decide("10.9.8.9"))).isNotEqualTo(first);
    }

    @Test
    void keepsAPersistentClientOnAQuiescedServerButNotOnARemovedOne() {
        var persistent = service(Persistence.of(300, AddressFamily.IPV4));
        given(persistent, first(), nat(A, 1), nat(B, 1));
        decide("10.9.9.9");

        change(persistent, nat(A, 0), nat(B, 1));
        assertThat(endpoint(decide("10.9.9.9"))).isEqualTo(A);
        assertThat(endpoint(decide("10.1.1.1"))).isEqualTo(B);

        change(persistent, nat(B, 1));
        assertThat(endpoint(decide("10.9.9.9"))).isEqualTo(B);
    }

    @Test
    void handsThePickerOfBeforeToTheSchedulerAfterEachChangeOfServers() {
        var previous = new ArrayList<@Nullable Picker>();
        Picker picker = _ -> null;
        var offer = new Offer<Scheduler>("x.jar", "x", new Scheduler() {
            @Override
            public String name() {
                return "x";
            }

            @Override
            public Picker prepare(ServerPool pool, @Nullable Picker before) {
                previous.add(before);
                return picker;
            }
        });
        given(service(null), offer);
        var servers = List.of(nat(A, 1));
        scheduling().goOver(new ServiceEntry(service(null), servers), extensions);
        scheduling().goOver(new ServiceEntry(service(Persistence.of(9, AddressFamily.IPV4)), servers), extensions);
        change(service(null), nat(A, 1));

        assertThat(previous)
                .as("service made, server added, service edited (not told), server edited without a change")
                .containsExactly(null, picker, picker);
    }

    @Test
    void remembersTheLastWeightAboveZero() {
        var pools = new ArrayList<ServerPool>();
        given(
                service(null),
                scheduler(pool -> {
                    pools.add(pool);
                    return _ -> null;
                }),
                nat(A, 7));

        change(service(null), nat(A, 0));

        assertThat(pools.getLast().all().getFirst()).satisfies(server -> {
            assertThat(server.weight()).isZero();
            assertThat(server.lastWeight()).isEqualTo(7);
        });
    }

    private interface Preparation {
        Picker prepare(ServerPool pool);
    }

    private static Offer<Scheduler> scheduler(Preparation preparation) {
        return new Offer<>("x.jar", "x", new Scheduler() {
            @Override
            public String name() {
                return "x";
            }

            @Override
            public Picker prepare(ServerPool pool, @Nullable Picker previous) {
                return preparation.prepare(pool);
            }
        });
    }

    private static Offer<Scheduler> first() {
        return scheduler(pool -> _ -> pool.eligible().getFirst());
    }

    private Extensions extensions = Extensions.NONE;

    private void given(VirtualService service, Offer<Scheduler> scheduler, RealServer... servers) {
        extensions = new Extensions(Map.of("x", scheduler), Map.of());
        scheduling =
                new ServiceScheduling(entry(service, servers), dataPath, (_, e) -> failures.add(e), Nobody.siblings());
        change(service, servers);
    }

    private void change(VirtualService service, RealServer... servers) {
        scheduling().goOver(entry(service, servers), extensions);
    }

    private ServiceScheduling scheduling() {
        return java.util.Objects.requireNonNull(scheduling);
    }

    private ServiceScheduling.Pick decide(String client) {
        return decide(client, Set.of());
    }

    private ServiceScheduling.Pick decide(String client, Set<Endpoint> unreachable) {
        var flow = new Flow(Protocol.TCP, Endpoint.of(client, 40000), Endpoint.of("10.0.0.100", 80));
        return scheduling().decide(new ConnectionRequested(0, 1, SERVICE, flow, unreachable), null);
    }

    private static Endpoint endpoint(ServiceScheduling.Pick pick) {
        return ((Decision.Forward) pick.decision()).server().endpoint();
    }

    private static VirtualService service(@Nullable Persistence persistence) {
        return new VirtualService(SERVICE, "x", Set.of(), persistence, false, ProxyProtocol.NONE);
    }

    private static ServiceEntry entry(VirtualService service, RealServer... servers) {
        return new ServiceEntry(service, List.of(servers));
    }

    private static RealServer nat(Endpoint endpoint, int weight) {
        return RealServer.of(endpoint, "nat", weight);
    }

    private static RealServer limited(Endpoint endpoint, int upper, int lower) {
        return new RealServer(endpoint, "nat", 1, new Thresholds(upper, lower), Tunnel.IPIP);
    }

    private void load(Endpoint endpoint, int active) {
        dataPath.setLoad(new ServerId(SERVICE, endpoint), active, 0);
    }
}
