package io.jlvs.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of one virtual service, made up from a seed: servers come, go, change their weights, get overloaded and get
 * connections, and connections are picked. Each pick is checked. The same seed gives the same life.
 */
final class ServiceLife {

    private static final int MOST_SERVERS = 50;

    /** What must hold of a pick. */
    @FunctionalInterface
    interface Rule {
        void check(ServerPool pool, Flow flow, @Nullable Server picked);
    }

    private final Scheduler scheduler;
    private final Rule rule;
    private final long seed;
    private final AddressFamily family;
    private final Random random;
    private final List<String> picks = new ArrayList<>();
    private FakePool pool;
    private Picker picker;
    private int added;

    ServiceLife(Scheduler scheduler, long seed, AddressFamily family) {
        this(scheduler, seed, family, (_, _, _) -> {});
    }

    ServiceLife(Scheduler scheduler, long seed, AddressFamily family, Rule rule) {
        this.scheduler = scheduler;
        this.rule = rule;
        this.seed = seed;
        this.family = family;
        random = new Random(seed);
        pool = new FakePool(List.of(), someFlags());
        picker = scheduler.prepare(pool, null);
    }

    /** Lives on. */
    ServiceLife live(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        return this;
    }

    /** What was picked so far: endpoints, or {@code null} for a refusal. */
    List<String> picks() {
        return picks;
    }

    private void step() {
        int dice = random.nextInt(20);
        if (pool.all().isEmpty() || (dice == 0 && pool.all().size() < MOST_SERVERS)) {
            change(pool.with(new FakeServer(address(2, ++added), someWeight())));
        } else if (dice == 1) {
            change(pool.without(someServer()));
        } else if (dice == 2) {
            someServer().setWeight(someWeight());
            change(pool);
        } else if (dice == 3) {
            someServer().setOverloaded(random.nextBoolean());
        } else if (dice == 4) {
            someServer().setConnections(random.nextInt(4), random.nextInt(1000));
        } else if (!pool.eligible().isEmpty()) {
            pick();
        }
    }

    private void change(FakePool next) {
        pool = next;
        picker = scheduler.prepare(pool, picker);
    }

    private void pick() {
        var client = new Endpoint(address(1, random.nextInt(1000)).address(), 1024 + random.nextInt(60000));
        var flow = new Flow(Protocol.TCP, client, address(0, 100 + random.nextInt(20)));
        var server = picker.pick(flow);
        rule.check(pool, flow, server);
        picks.add(server == null ? "null" : server.endpoint().toString());
        if (server != null) {
            assertThat(pool.all().stream().<Server>map(s -> s))
                    .as("%s must pick from the pool (seed %d)", scheduler.name(), seed)
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .contains(server);
            assertThat(server.eligible())
                    .as("%s must pick an eligible server, not %s (seed %d)", scheduler.name(), server, seed)
                    .isTrue();
        }
    }

    private FakeServer someServer() {
        return pool.all().get(random.nextInt(pool.all().size()));
    }

    private int someWeight() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Integer.MAX_VALUE - random.nextInt(2);
            case 2 -> random.nextInt(Integer.MAX_VALUE);
            default -> 1 + random.nextInt(10);
        };
    }

    private Set<SchedulerFlag> someFlags() {
        var flags = new ArrayList<>(List.of(SchedulerFlag.values()));
        flags.removeIf(_ -> random.nextBoolean());
        return Set.copyOf(flags);
    }

    private Endpoint address(int network, int host) {
        return family == AddressFamily.IPV4
                ? Endpoint.of("10." + network + "." + host / 250 + "." + (1 + host % 250), 80)
                : Endpoint.of("fd00:" + network + "::" + Integer.toHexString(host + 1), 80);
    }
}
