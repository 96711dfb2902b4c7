package io.jlvs.api.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picker would do, written down so that a data path can do it without asking. A server that is not eligible when
 * its turn comes is treated as each kind says. Weights and connection counts are read as they are at each pick.
 */
public sealed interface Plan {

    /**
     * One server after the other; one that is not eligible is stepped over.
     *
     * @param order 1..{@value #MAX_LENGTH} servers, the same one as often as its turn comes
     * @param loopFrom where it goes on after the last, 0..length-1: what is before is walked once
     */
    record Cycle(List<? extends Server> order, int loopFrom) implements Plan {

        /** The longest order that data paths take. */
        public static final int MAX_LENGTH = 65536;

        public Cycle {
            order = List.copyOf(order);
            if (order.isEmpty() || order.size() > MAX_LENGTH || loopFrom < 0 || loopFrom >= order.size()) {
                throw new IllegalArgumentException(
                        "a cycle of " + order.size() + " servers that loops from " + loopFrom + " can't be walked");
            }
        }

        /** The index of the place that comes after so many, and the least number of places that lead there. */
        public int reduce(long walked) {
            return (int) (walked <= loopFrom ? walked : loopFrom + (walked - loopFrom) % (order.size() - loopFrom));
        }
    }

    /**
     * The eligible server of the least cost, the first of equals:
     * {@code (active * activeFactor + inactive * inactiveFactor + constant) / weight}.
     *
     * @param servers the order in which they are looked at
     * @param weighted whether the cost is divided by the weight
     * @param idleFirst whether the first server without any active connection goes before all others
     */
    record LeastCost(
            List<? extends Server> servers,
            int activeFactor,
            int inactiveFactor,
            int constant,
            boolean weighted,
            boolean idleFirst)
            implements Plan {

        public LeastCost {
            servers = List.copyOf(servers);
        }
    }

    /**
     * The heaviest eligible server, the first of equals.
     *
     * @param servers the order in which they are looked at
     * @param withinWeight whether a server with more active connections than its weight is passed over
     */
    record Heaviest(List<? extends Server> servers, boolean withinWeight) implements Plan {

        public Heaviest {
            servers = List.copyOf(servers);
        }
    }

    /**
     * Two lots are drawn, for each eligible server as many as its weight; of the two servers the one of the lesser cost,
     * {@code (active * activeFactor + inactive * inactiveFactor) / weight}, the first of equals.
     *
     * @param servers the order in which lots are given out
     */
    record TwoChoices(List<? extends Server> servers, int activeFactor, int inactiveFactor) implements Plan {

        public TwoChoices {
            servers = List.copyOf(servers);
        }
    }

    /**
     * The server in the slot that the hash of the flow leads to. When it is not eligible the flow is refused, or other
     * slots are tried in the order of the hash when {@code fallback} is set.
     *
     * @param slots null where nobody is; never empty
     * @param withPort whether the client's port is hashed too
     */
    record Slots(List<? extends @Nullable Server> slots, Hash hash, boolean withPort, boolean fallback)
            implements Plan {

        /** How a flow leads to a slot, as IPVS's schedulers do it. */
        public enum Hash {
            /** {@code mh}: SipHash-1-3 of the client's address, modulo the number of slots. */
            MAGLEV,
            /** {@code sh}: multiplicative, of the client's address; slots are a power of two. */
            SOURCE,
            /** {@code dh}: the same of the virtual address. */
            DESTINATION
        }
    }
}
