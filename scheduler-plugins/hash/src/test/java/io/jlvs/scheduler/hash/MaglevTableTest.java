package io.jlvs.scheduler.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.FakeServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaglevTableTest {

    private static final int SIZE = MaglevTable.DEFAULT_SIZE;

    /**
     * The share of all slots that may move from one staying server to another when one is removed: on average over sets of
     * servers, and at most. 168,310 random sets of 2 to 50 servers had 1.6 % on average; the worst had 16.2 %.
     */
    private static final double MOVED_ON_AVERAGE = 0.025;

    private static final double MOST_MOVED = 0.25;

    private final FakeServer a = FakeServer.server("192.168.1.1", 80, 1);
    private final FakeServer b = FakeServer.server("192.168.1.2", 80, 1);
    private final FakeServer c = FakeServer.server("192.168.1.3", 80, 1);

    @Test
    void fillsTheTableAsTheKernelDoes() {
        assertThat(digest(letters(List.of(c, b, a)))).startsWith("55e4c17067262c65");
        assertThat(digest(letters(List.of(b, a)))).startsWith("bc105ae2b81e1595");
    }

    @Test
    void fillsTheTableByWeightAsTheKernelDoes() {
        b.setWeight(2);
        c.setWeight(4);

        assertThat(digest(letters(List.of(c, b, a)))).startsWith("ad63633e39b7d943");
    }

    @Test
    void givesAServerOfHugeWeightNoMoreThan63Turns() {
        b.setWeight(65535);

        assertThat(slots(List.of(b, a))).containsEntry(a, 63).containsEntry(b, 4030);
    }

    @Test
    void keepsTheSlotsOfAQuiescedServer() {
        var before = letters(List.of(c, b, a));
        b.setWeight(0);

        assertThat(letters(List.of(c, b, a))).isEqualTo(before);
    }

    @Test
    void isEmptyWhenNoServerEverHadAWeight() {
        assertThat(slots(List.of(FakeServer.server("192.168.1.1", 80, 0)))).isEmpty();
    }

    /** Servers of equal weight differ by at most one slot. */
    @Property(tries = 200)
    void isBalanced(@ForAll @IntRange(min = 1, max = 200) int servers, @ForAll long seed) {
        var counts = slots(someServers(servers, seed)).values().stream()
                .mapToInt(count -> count)
                .summaryStatistics();

        assertThat(counts.getCount()).isEqualTo(servers);
        assertThat(counts.getMax() - counts.getMin()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 200)
    void neverMovesMuchMoreThanTheShareOfARemovedServer(
            @ForAll @IntRange(min = 2, max = 50) int servers, @ForAll long seed) {
        assertThat(movedWithoutNeed(servers, seed)).isLessThan(MOST_MOVED);
    }

    @Test
    void movesHardlyMoreThanTheShareOfARemovedServerOnAverage() {
        var average = IntStream.range(0, 500)
                .mapToDouble(seed -> movedWithoutNeed(2 + seed % 49, seed))
                .average()
                .orElseThrow();

        assertThat(average).isPositive().isLessThan(MOVED_ON_AVERAGE);
    }

    /** The share of all slots that changed hands between servers that stayed, when one of so many was removed. */
    private static double movedWithoutNeed(int servers, long seed) {
        var all = someServers(servers, seed);
        var removed = all.get(new Random(seed).nextInt(servers));
        var before = new MaglevTable(all, SIZE);
        var after =
                new MaglevTable(all.stream().filter(server -> server != removed).toList(), SIZE);

        long moved = IntStream.range(0, SIZE)
                .filter(slot -> !removed.equals(before.server(slot))
                        && !Objects.equals(before.server(slot), after.server(slot)))
                .count();
        return moved / (double) SIZE;
    }

    private static List<FakeServer> someServers(int count, long seed) {
        var random = new Random(seed);
        return random.ints(1, 1 << 24)
                .distinct()
                .limit(count)
                .mapToObj(n -> FakeServer.server("10." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255), 80, 1))
                .toList();
    }

    private static Map<Object, Integer> slots(List<FakeServer> servers) {
        var table = new MaglevTable(servers, SIZE);
        var counts = new HashMap<Object, Integer>();
        for (int slot = 0; slot < SIZE; slot++) {
            var server = table.server(slot);
            if (server != null) {
                counts.merge(server, 1, Integer::sum);
            }
        }
        return counts;
    }

    private String letters(List<FakeServer> servers) {
        var table = new MaglevTable(servers, SIZE);
        return IntStream.range(0, SIZE)
                .mapToObj(slot -> table.server(slot) == a ? "A" : table.server(slot) == b ? "B" : "C")
                .collect(Collectors.joining());
    }

    private static String digest(String letters) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(letters.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
