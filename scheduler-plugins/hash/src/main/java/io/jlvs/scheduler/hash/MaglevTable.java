package io.jlvs.scheduler.hash;

import io.jlvs.api.spi.Server;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The lookup table of Maglev hashing (Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer",
 * 2016, section 3.4) with the size, hashes and weights of IPVS's {@code mh}: the same servers give the same table on
 * every director.
 */
final class MaglevTable {

    /** How many slots there are: the prime that kernels are built with by default. */
    static final int SIZE = 4093;

    /** Half the bits of the size: the most that the turns of one server in a round may take. */
    private static final int TURN_BITS = 6;

    private static final SipHash FIRST = new SipHash(2654435761L, 2654435761L);
    private static final SipHash SECOND = new SipHash(2654446892L, 2654446892L);

    private final @Nullable Server[] slots = new @Nullable Server[SIZE];

    /** Fills the slots: round after round each server, heavy ones more than once, takes its next free position. */
    MaglevTable(List<? extends Server> servers) {
        int divisor = lastWeights(servers).reduce(0, MaglevTable::greatestCommonDivisor);
        if (divisor == 0) {
            return;
        }
        int heaviest = lastWeights(servers).max().orElse(0) / divisor;
        int shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(heaviest) - TURN_BITS);
        var permutations = servers.stream()
                .filter(server -> server.lastWeight() > 0)
                .map(server -> new Permutation(server, Math.max(1, (server.lastWeight() / divisor) >> shift)))
                .toList();
        int free = SIZE;
        for (int next = 0; free > 0; next = (next + 1) % permutations.size()) {
            free -= permutations.get(next).take(free);
        }
    }

    /** The server that a slot belongs to, null in a table of servers that never had a weight. */
    @Nullable
    Server server(int slot) {
        return slots[slot];
    }

    /** All slots, null where nobody is; never changed. */
    List<@Nullable Server> slots() {
        return Collections.unmodifiableList(Arrays.<@Nullable Server>asList(slots));
    }

    /** What is hashed of a client or a server: its address, an IPv6 one folded to 32 bits, plus its port. */
    static int key(InetAddress address, int port) {
        return port + fold(address);
    }

    /** The slot that a client's key leads to. */
    static int slot(int key) {
        return Integer.remainderUnsigned(FIRST.hash(key), SIZE);
    }

    private static int fold(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        int folded = 0;
        while (bytes.hasRemaining()) {
            folded ^= bytes.getInt();
        }
        return folded;
    }

    private static IntStream lastWeights(List<? extends Server> servers) {
        return servers.stream().mapToInt(Server::lastWeight);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** The order in which one server wants the slots. */
    private final class Permutation {

        private final Server server;
        private final int turns;
        private final int skip;
        private int position;

        Permutation(Server server, int turns) {
            this.server = server;
            this.turns = turns;
            int key = key(server.endpoint().address(), server.endpoint().port());
            position = slot(key);
            skip = Integer.remainderUnsigned(SECOND.hash(key), SIZE - 1) + 1;
        }

        /** Takes as many slots as it has turns but no more than are free; tells how many. */
        int take(int free) {
            int taken = Math.min(turns, free);
            for (int turn = 0; turn < taken; turn++) {
                while (slots[position] != null) {
                    position = (position + skip) % SIZE;
                }
                slots[position] = server;
            }
            return taken;
        }
    }
}
