package io.jlvs.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.engine.plugin.Extensions;
import io.jlvs.engine.plugin.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a service hands to the data path so that it need not ask, and what it takes back. */
class PlansTest {

    private static final ServiceKey SERVICE = ServiceKey.tcp("10.0.0.100", 80);
    private static final RealServer A = server("10.0.1.1");
    private static final RealServer B = server("10.0.1.2");
    private static final RealServer C = server("10.0.1.3");

    private final FakeDataPath dataPath = new FakeDataPath();
    private final List<Throwable> failures = new ArrayList<>();
    private final Turns turns = new Turns();
    private final ServiceScheduling scheduling =
            new ServiceScheduling(entry(), dataPath, (_, failure) -> failures.add(failure), Nobody.siblings());

    @Test
    void isTheSameObjectAsLongAsNothingChanges() {
        var entry = entry(A, B);

        var plan = scheduling.goOver(entry, offering(turns));

        assertThat(scheduling.goOver(entry, offering(turns))).isSameAs(plan);
        assertThat(orderOf(plan)).containsExactly(A.endpoint(), B.endpoint());
    }

    @Test
    void goesOnWhereTheDataPathStands() {
        scheduling.goOver(entry(A, B, C), offering(turns));
        dataPath.setPicks(SERVICE, 7_000_000_000_000L);

        var plan = scheduling.goOver(entry(A, B, C), offering(turns));

        assertThat(orderOf(plan)).containsExactly(B.endpoint(), C.endpoint(), A.endpoint());
    }

    @Test
    void standsWhereTheDataPathStandsThoughServersWereOverloaded() {
        var full = Stream.of(B, C).map(PlansTest::limitedToOne).toList();
        full.forEach(server -> dataPath.setLoad(new ServerId(SERVICE, server.endpoint()), 1, 0));
        scheduling.goOver(entry(A, full.getFirst(), full.getLast()), offering(turns));
        dataPath.setPicks(SERVICE, 2);

        var plan = scheduling.goOver(entry(A, full.getFirst(), full.getLast()), offering(turns));

        assertThat(orderOf(plan)).containsExactly(C.endpoint(), A.endpoint(), B.endpoint());
    }

    @Test
    void isAskedForAgainWhenTheServiceIsEdited() {
        var servers = List.of(A, B);
        var plan = scheduling.goOver(new ServiceEntry(service(), servers), offering(turns));

        assertThat(scheduling.goOver(new ServiceEntry(service(), servers), offering(turns)))
                .isNotNull()
                .isNotSameAs(plan);
    }

    @Test
    void isNoneWhenItThrowsAndTheFailureIsTold() {
        var plan = scheduling.goOver(entry(A), offering(planning(_ -> {
            throw new NoClassDefFoundError("not/There");
        })));

        assertThat(plan).isNull();
        assertThat(failures).singleElement().isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void isNoneWhenItNamesAStranger() {
        var stranger = FakeServer.server("10.9.9.9", 80, 1);

        var plan = scheduling.goOver(
                entry(A), offering(planning(_ -> new Plan.LeastCost(List.of(stranger), 1, 0, 0, false, false))));

        assertThat(plan).isNull();
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isNoneWithoutAScheduler() {
        scheduling.goOver(entry(A), offering(turns));

        assertThat(scheduling.goOver(entry(A), Extensions.NONE)).isNull();
    }

    private static List<Endpoint> orderOf(@Nullable Plan plan) {
        return plan instanceof Plan.Cycle cycle
                ? cycle.order().stream().map(Server::endpoint).toList()
                : List.of();
    }

    private static Extensions offering(Scheduler scheduler) {
        return new Extensions(Map.of("turns", new Offer<>("x.jar", "turns", scheduler)), Map.of());
    }

    private static Scheduler planning(Function<ServerPool, Plan> planner) {
        return new Scheduler() {
            @Override
            public String name() {
                return "turns";
            }

            @Override
            public Picker prepare(ServerPool pool, @Nullable Picker previous) {
                return new Picker() {
                    @Override
                    public Server pick(Flow flow) {
                        return pool.eligible().getFirst();
                    }

                    @Override
                    public Plan plan() {
                        return planner.apply(pool);
                    }
                };
            }
        };
    }

    private static VirtualService service() {
        return VirtualService.of(SERVICE, "turns");
    }

    private static ServiceEntry entry(RealServer... servers) {
        return new ServiceEntry(service(), List.of(servers));
    }

    private static RealServer server(String address) {
        return RealServer.of(Endpoint.of(address, 80), "nat", 1);
    }

    private static RealServer limitedToOne(RealServer server) {
        return new RealServer(server.endpoint(), server.mode(), 1, new Thresholds(1, 0), Tunnel.IPIP);
    }

    /** The eligible servers in turn; it knows by number who is next. */
    private static final class Turns implements Scheduler {

        @Override
        public String name() {
            return "turns";
        }

        @Override
        public Picker prepare(ServerPool pool, @Nullable Picker previous) {
            return new Turn(pool, previous instanceof Turn before ? before.next : 0);
        }
    }

    private static final class Turn implements Picker {

        private final ServerPool pool;
        private int next;

        Turn(ServerPool pool, int next) {
            this.pool = pool;
            this.next = next;
        }

        @Override
        public Server pick(Flow flow) {
            var servers = pool.eligible();
            next %= servers.size();
            return servers.get(next++);
        }

        @Override
        public Plan plan() {
            var servers = pool.all();
            int first = next % servers.size();
            return new Plan.Cycle(
                    Stream.concat(servers.stream().skip(first), servers.stream().limit(first))
                            .toList(),
                    0);
        }
    }
}
