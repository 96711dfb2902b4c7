package io.jlvs.api.testing;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Server;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Follows a {@link Plan} as a data path does that picks without asking. For one thread. */
public final class PlanRunner implements PlanFollower {

    private final Plan plan;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private long walked;

    public PlanRunner(Plan plan) {
        this.plan = plan;
    }

    @Override
    public @Nullable Server pick(Flow flow) {
        return switch (plan) {
            case Plan.Cycle cycle -> next(cycle);
            case Plan.LeastCost cost -> least(cost);
            case Plan.Slots slots -> inSlot(slots, flow);
            case Plan.Heaviest heaviest -> heaviest(heaviest);
            case Plan.TwoChoices choices -> ofTwo(choices);
        };
    }

    @Override
    public long walked() {
        return walked;
    }

    private @Nullable Server next(Plan.Cycle cycle) {
        for (int step = 0; step < cycle.order().size(); step++) {
            var server = cycle.order().get(cycle.reduce(walked++));
            if (server.eligible()) {
                return server;
            }
        }
        return null;
    }

    private static @Nullable Server least(Plan.LeastCost plan) {
        Server least = null;
        for (var server : plan.servers()) {
            if (server.eligible()) {
                if (plan.idleFirst() && server.active() == 0) {
                    return server;
                }
                least = least == null || costsLess(plan, server, least) ? server : least;
            }
        }
        return least;
    }

    private static boolean costsLess(Plan.LeastCost plan, Server server, Server than) {
        return plan.weighted()
                ? cost(plan, server) * than.weight() < cost(plan, than) * server.weight()
                : cost(plan, server) < cost(plan, than);
    }

    private static long cost(Plan.LeastCost plan, Server server) {
        return (long) server.active() * plan.activeFactor()
                + (long) server.inactive() * plan.inactiveFactor()
                + plan.constant();
    }

    private static @Nullable Server heaviest(Plan.Heaviest plan) {
        return plan.servers().stream()
                .filter(Server::eligible)
                .filter(server -> !plan.withinWeight() || server.active() <= server.weight())
                .reduce((heaviest, server) -> server.weight() > heaviest.weight() ? server : heaviest)
                .orElse(null);
    }

    private @Nullable Server ofTwo(Plan.TwoChoices plan) {
        var lots = plan.servers().stream().filter(Server::eligible).toList();
        if (lots.isEmpty()) {
            return null;
        }
        var first = drawn(lots);
        var second = drawn(lots);
        return second.weight() * cost(plan, first) > first.weight() * cost(plan, second) ? second : first;
    }

    private Server drawn(List<? extends Server> lots) {
        long draw = random.nextLong(lots.stream().mapToLong(Server::weight).sum() + 1);
        for (var server : lots) {
            draw -= server.weight();
            if (draw <= 0) {
                return server;
            }
        }
        throw new IllegalStateException("more drawn than there was");
    }

    private static long cost(Plan.TwoChoices plan, Server server) {
        return (long) server.active() * plan.activeFactor() + (long) server.inactive() * plan.inactiveFactor();
    }

    private static @Nullable Server inSlot(Plan.Slots plan, Flow flow) {
        int home = slot(plan, flow, 0);
        var server = plan.slots().get(home);
        if (server == null || server.eligible()) {
            return server;
        }
        int size = plan.slots().size();
        for (int attempt = 0; plan.fallback() && attempt < size; attempt++) {
            var other = plan.slots().get(slot(plan, flow, (home + attempt) % size));
            if (other != null && other.eligible()) {
                return other;
            }
        }
        return null;
    }

    /** As in the kernel's ip_vs_mh.c, ip_vs_sh.c and ip_vs_dh.c. */
    private static int slot(Plan.Slots plan, Flow flow, int offset) {
        var hashed = plan.hash() == Plan.Slots.Hash.DESTINATION ? flow.virtual() : flow.client();
        int key = fold(hashed.address()) + (plan.withPort() ? hashed.port() : 0);
        int size = plan.slots().size();
        return plan.hash() == Plan.Slots.Hash.MAGLEV
                ? Integer.remainderUnsigned(sipHash(key + offset), size)
                : (offset + multiplied(key, size)) & (size - 1);
    }

    private static int multiplied(int key, int size) {
        return (key * 0x61c88647) >>> (1 + Integer.numberOfLeadingZeros(size));
    }

    private static int fold(InetAddress address) {
        var words = ByteBuffer.wrap(address.getAddress()).asIntBuffer();
        int folded = 0;
        while (words.hasRemaining()) {
            folded ^= words.get();
        }
        return folded;
    }

    /** SipHash-1-3 under mh's key, cut to 32 bits: the kernel's hsiphash_1u32 with 2654435761 twice. */
    private static int sipHash(int value) {
        var block = (4L << 56) | Integer.toUnsignedLong(value);
        var state = new Sip(
                2654435761L ^ 0x736f6d6570736575L,
                2654435761L ^ 0x646f72616e646f6dL,
                2654435761L ^ 0x6c7967656e657261L,
                2654435761L ^ 0x7465646279746573L ^ block);
        state = state.round();
        state = new Sip(state.a ^ block, state.b, state.c ^ 0xff, state.d);
        state = state.round().round().round();
        return (int) (state.a ^ state.b ^ state.c ^ state.d);
    }

    private record Sip(long a, long b, long c, long d) {

        Sip round() {
            long a1 = a + b;
            long b1 = Long.rotateLeft(b, 13) ^ a1;
            long c1 = c + d;
            long d1 = Long.rotateLeft(d, 16) ^ c1;
            long a2 = Long.rotateLeft(a1, 32) + d1;
            long c2 = c1 + b1;
            return new Sip(a2, Long.rotateLeft(b1, 17) ^ c2, Long.rotateLeft(c2, 32), Long.rotateLeft(d1, 21) ^ a2);
        }
    }
}
