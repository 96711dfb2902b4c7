package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Server;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The lookup table of Maglev hashing (Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer",
 * 2016, section 3.4) with the hashes and weights of IPVS's {@code mh}: the same servers give the same table on every
 * director.
 */
public final class MaglevTable {

    /** How many slots {@code mh} has: the prime that kernels are built with by default. */
    public static final int DEFAULT_SIZE = 4093;

    private static final int FREE = -1;
    private static final SipHash FIRST = new SipHash(2654435761L, 2654435761L);
    private static final SipHash SECOND = new SipHash(2654446892L, 2654446892L);

    private final List<? extends Server> servers;
    /** By slot: the index of its server. */
    private final int[] owners;

    /**
     * Fills the slots: round after round each server, heavy ones more than once, takes its next free position.
     *
     * @param servers those that never had a weight get no slot
     * @param size how many slots there are: a prime, and much more than servers
     */
    public MaglevTable(List<? extends Server> servers, int size) {
        this.servers = servers;
        this.owners = new int[size];
        Arrays.fill(owners, FREE);
        int divisor = lastWeights().reduce(0, MaglevTable::greatestCommonDivisor);
        if (divisor > 0) {
            fill(divisor);
        }
    }

    private void fill(int divisor) {
        int shift = shift(lastWeights().max().orElse(0) / divisor);
        var permutations = IntStream.range(0, servers.size())
                .filter(index -> servers.get(index).lastWeight() > 0)
                .mapToObj(index ->
                        new Permutation(index, Math.max(1, (servers.get(index).lastWeight() / divisor) >> shift)))
                .toArray(Permutation[]::new);
        int free = owners.length;
        while (free > 0) {
            for (int i = 0; i < permutations.length && free > 0; i++) {
                free -= permutations[i].take(free);
            }
        }
    }

    /** By how much turns are halved, so that the heaviest server has less than the root of the size. */
    private int shift(int heaviest) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(owners.length);
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(heaviest) - bits / 2);
    }

    /** The server that a slot belongs to, null in a table of servers that never had a weight. */
    public @Nullable Server server(int slot) {
        return owners[slot] == FREE ? null : servers.get(owners[slot]);
    }

    /** The slot that a client's key leads to. */
    int slot(int key) {
        return Integer.remainderUnsigned(FIRST.hash(key), owners.length);
    }

    int size() {
        return owners.length;
    }

    /** All slots, null where nobody is; never changed. */
    public List<@Nullable Server> slots() {
        return new AbstractList<>() {
            @Override
            public @Nullable Server get(int slot) {
                return server(slot);
            }

            @Override
            public int size() {
                return owners.length;
            }
        };
    }

    private IntStream lastWeights() {
        return servers.stream().mapToInt(Server::lastWeight);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** The order in which one server wants the slots. */
    private final class Permutation {

        private final int server;
        private final int turns;
        private final int skip;
        private int position;

        Permutation(int server, int turns) {
            this.server = server;
            this.turns = turns;
            var endpoint = servers.get(server).endpoint();
            int key = HashKey.of(endpoint.address(), endpoint.port());
            position = slot(key);
            skip = Integer.remainderUnsigned(SECOND.hash(key), owners.length - 1) + 1;
        }

        /** Takes as many slots as it has turns but no more than are free; tells how many. */
        int take(int free) {
            int taken = Math.min(turns, free);
            for (int turn = 0; turn < taken; turn++) {
                while (owners[position] != FREE) {
                    position += skip;
                    position -= position >= owners.length ? owners.length : 0;
                }
                owners[position] = server;
            }
            return taken;
        }
    }
}
