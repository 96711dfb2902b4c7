package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every scheduler keeps to. A plugin's test extends this and gives its scheduler; the rest is here. What is random
 * is told with its seed; {@code -Djlvs.seed=N} plays that seed again.
 */
@Timeout(60) // against a pick that never returns
public abstract class SchedulerContract {

    private static final int STEPS = 500;
    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 40000), Endpoint.of("10.0.0.100", 80));

    private final long seed = Long.getLong("jlvs.seed", new Random().nextLong());

    /** A new instance of the scheduler. */
    protected abstract Scheduler scheduler();

    /**
     * What this scheduler promises of each pick: throws when it does not hold. Asked in random lives of services, before the
     * connection is counted.
     */
    protected void checkPick(ServerPool pool, Flow flow, @Nullable Server picked) {}

    /** Whether the same changes and flows always give the same picks; false for schedulers that draw lots. */
    protected boolean isDeterministic() {
        return true;
    }

    @Test
    void hasANameThatIpvsadmTakes() {
        assertThat(scheduler().name()).matches("\\S{1,15}");
    }

    @Test
    void hasAliasesThatAreOtherNames() {
        assertThat(scheduler().aliases())
                .doesNotContain(scheduler().name())
                .allSatisfy(alias -> assertThat(alias).matches("\\S{1,15}"));
    }

    @Test
    void preparesForAPoolWithoutServers() {
        assertThat(scheduler().prepare(FakePool.of(), null)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void picksTheOnlyServer(AddressFamily family) {
        var server = FakeServer.server(family == AddressFamily.IPV4 ? "10.2.0.11" : "fd00:2::11", 80, 1);

        assertThat(scheduler().prepare(FakePool.of(server), null).pick(FLOW)).isSameAs(server);
    }

    @RepeatedTest(50)
    void picksOnlyEligibleServersWhateverHappens() {
        for (var family : AddressFamily.values()) {
            new ServiceLife(scheduler(), seed, family, this::checkPick).live(STEPS);
        }
    }

    @RepeatedTest(10)
    void picksTheSameWhenTheSameHappens() {
        assumeTrue(isDeterministic());

        assertThat(life(scheduler(), seed).live(STEPS).picks())
                .as("seed %d", seed)
                .isEqualTo(life(scheduler(), seed).live(STEPS).picks());
    }

    @RepeatedTest(10)
    void sharesNothingBetweenServices() {
        assumeTrue(isDeterministic());
        var shared = scheduler();
        var one = life(shared, seed);
        var other = life(shared, seed + 1);

        for (int step = 0; step < STEPS; step++) {
            one.live(1);
            other.live(1);
        }

        assertThat(one.picks())
                .as("seed %d", seed)
                .isEqualTo(life(scheduler(), seed).live(STEPS).picks());
        assertThat(other.picks())
                .as("seed %d", seed + 1)
                .isEqualTo(life(scheduler(), seed + 1).live(STEPS).picks());
    }

    @RepeatedTest(50)
    void plansWhatItPicks() {
        assumeTrue(isDeterministic());
        for (var family : AddressFamily.values()) {
            var planned = new ServiceLife(new PlannedScheduler(scheduler()), seed, family);

            assertThat(planned.live(STEPS).picks())
                    .as("seed %d", seed)
                    .isEqualTo(new ServiceLife(scheduler(), seed, family)
                            .live(STEPS)
                            .picks());
        }
    }

    @RepeatedTest(10)
    void changesNothingWhenItPlans() {
        assumeTrue(isDeterministic());

        assertThat(life(new PlanningScheduler(scheduler()), seed).live(STEPS).picks())
                .as("seed %d", seed)
                .isEqualTo(life(scheduler(), seed).live(STEPS).picks());
    }

    @Test
    void startsAnewAfterAPickerThatIsNotItsOwn() {
        var server = FakeServer.server("10.2.0.11", 80, 1);
        Picker stranger = _ -> null;

        assertThat(scheduler().prepare(FakePool.of(server), stranger).pick(FLOW))
                .isSameAs(server);
    }

    @Test
    void goesOnWhenTheServerItPickedLastIsRemoved() {
        var scheduler = scheduler();
        var pool = FakePool.of(FakeServer.server("10.2.0.12", 80, 1), FakeServer.server("10.2.0.11", 80, 1));
        var picker = scheduler.prepare(pool, null);
        var gone = Objects.requireNonNull((FakeServer) picker.pick(FLOW), "refused although both are eligible");

        var rest = pool.without(gone);

        assertThat(scheduler.prepare(rest, picker).pick(FLOW))
                .isSameAs(rest.all().getFirst());
    }

    @Test
    void letsGoOfRemovedServers() {
        var scheduler = scheduler();
        var pool = FakePool.of(FakeServer.server("10.2.0.11", 80, 1));
        var picker = scheduler.prepare(pool, null);
        var removed = new ArrayList<WeakReference<FakeServer>>();
        for (int i = 0; i < 20; i++) {
            var visitor = FakeServer.server("10.2.1." + (i + 1), 80, 1);
            removed.add(new WeakReference<>(visitor));
            picker = scheduler.prepare(pool.with(visitor), picker);
            picker.pick(FLOW);
            picker = scheduler.prepare(pool, picker);
        }

        collectGarbage();

        assertThat(removed).as("servers still held by %s", picker).allMatch(server -> server.refersTo(null));
        assertThat(scheduler.prepare(pool, picker))
                .as("both are alive all the time")
                .isNotNull();
    }

    /** Returns when something that only a weak reference led to has gone. */
    private static void collectGarbage() {
        var canary = new WeakReference<>(new Object());
        while (!canary.refersTo(null)) {
            System.gc();
        }
    }

    /** Asks for a plan before each pick and throws it away. */
    private record PlanningScheduler(Scheduler planner) implements Scheduler {

        @Override
        public String name() {
            return planner.name();
        }

        @Override
        public Picker prepare(ServerPool pool, @Nullable Picker previous) {
            var picker = planner.prepare(pool, previous instanceof Planning before ? before.picker : previous);
            return new Planning(picker);
        }
    }

    private record Planning(Picker picker) implements Picker {

        @Override
        public @Nullable Server pick(Flow flow) {
            picker.plan();
            return picker.pick(flow);
        }
    }

    private static ServiceLife life(Scheduler scheduler, long seed) {
        return new ServiceLife(scheduler, seed, AddressFamily.IPV4);
    }
}
