package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets a proper scheduler pass and catches those that break it. */
class SchedulerContractTest {

    @Nested
    class OfAProperScheduler extends SchedulerContract {

        @Override
        protected Scheduler scheduler() {
            return new Made("first", pool -> _ -> pool.eligible().getFirst());
        }
    }

    @Test
    void catchesANameThatIsTooLong() {
        var contract = contractOf(() -> new Made("sixteen-letters-", _ -> _ -> null));

        assertThatThrownBy(contract::hasANameThatIpvsadmTakes).isInstanceOf(AssertionError.class);
    }

    @Test
    void catchesAPickThatIsNotEligible() {
        var contract = contractOf(() -> new Made("any", pool -> _ -> pool.all().getFirst()));

        assertThatThrownBy(contract::picksOnlyEligibleServersWhateverHappens)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }

    @Test
    void catchesAPickFromOutsideThePool() {
        var stranger = FakeServer.server("10.9.9.9", 80, 1);
        var contract = contractOf(() -> new Made("stranger", _ -> _ -> stranger));

        assertThatThrownBy(contract::picksOnlyEligibleServersWhateverHappens).isInstanceOf(AssertionError.class);
    }

    @Test
    void catchesStateThatServicesShare() {
        var contract = contractOf(() -> {
            var turn = new AtomicInteger();
            return new Made(
                    "shared",
                    pool -> _ -> pool.eligible()
                            .get(turn.getAndIncrement() % pool.eligible().size()));
        });

        assertThatThrownBy(contract::sharesNothingBetweenServices).isInstanceOf(AssertionError.class);
    }

    @Test
    void catchesServersThatAreHeldOnTo() {
        List<Server> held = new ArrayList<>();
        var contract = contractOf(() -> new Made("hoarder", pool -> {
            held.addAll(pool.all());
            return _ -> pool.eligible().getFirst();
        }));

        assertThatThrownBy(contract::letsGoOfRemovedServers).isInstanceOf(AssertionError.class);
        assertThat(held).isNotEmpty();
    }

    @Test
    void catchesAPlanThatPicksOtherwise() {
        var contract = contractOf(() -> new Made("fickle", Fickle::new));

        contract.picksOnlyEligibleServersWhateverHappens();
        assertThatThrownBy(contract::plansWhatItPicks)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }

    @Test
    void catchesAPlanThatChangesThePicks() {
        var contract = contractOf(() -> new Made("restless", Restless::new));

        contract.picksOnlyEligibleServersWhateverHappens();
        assertThatThrownBy(contract::changesNothingWhenItPlans).isInstanceOf(AssertionError.class);
    }

    /** Picks the first and plans the last. */
    private record Fickle(ServerPool pool) implements Picker {

        @Override
        public Server pick(Flow flow) {
            return pool.eligible().getFirst();
        }

        @Override
        public Plan plan() {
            return new Plan.LeastCost(pool.all().reversed(), 0, 0, 0, false, false);
        }
    }

    /** Goes one server further with each plan. */
    private static final class Restless implements Picker {

        private final ServerPool pool;
        private int turn;

        Restless(ServerPool pool) {
            this.pool = pool;
        }

        @Override
        public Server pick(Flow flow) {
            return pool.eligible().get(turn % pool.eligible().size());
        }

        @Override
        public @Nullable Plan plan() {
            turn++;
            return null;
        }
    }

    private static SchedulerContract contractOf(Supplier<Scheduler> scheduler) {
        return new SchedulerContract() {
            @Override
            protected Scheduler scheduler() {
                return scheduler.get();
            }
        };
    }

    private record Made(String name, Function<ServerPool, Picker> pickers) implements Scheduler {

        @Override
        public Picker prepare(ServerPool pool, @Nullable Picker previous) {
            return pickers.apply(pool);
        }
    }
}
