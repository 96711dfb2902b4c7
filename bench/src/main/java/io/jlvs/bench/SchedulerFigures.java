package io.jlvs.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.jlvs.api.spi.Server;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.scheduler.hash.MaglevTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints figures that do not depend on the machine, as lines of blanks-separated fields:
 *
 * <ul>
 *   <li>{@code share SCHEDULER EVEN WEIGHTED}: how far the server that is farthest off is from its share of 40,000
 *       connections that stay, in percent of the share: of 8 servers with the same weight, and with weights 1 to 4
 *   <li>{@code balance SLOTS SERVERS MOST LEAST}: slots of the server that has most, and least, of the mean, in percent
 *   <li>{@code disruption SLOTS SERVERS REMOVED MOVED}: slots of other servers that change hands when so many are removed, in
 *       percent of all slots, the mean of some draws
 * </ul>
 */
public final class SchedulerFigures {

    private static final int CONNECTIONS = 40_000;
    private static final int SERVERS = 8;
    private static final int DRAWS = 5;
    private static final List<String> BY_SHARE = List.of("rr", "wrr", "lc", "wlc", "sed", "nq", "sh", "mh", "twos");

    private SchedulerFigures() {}

    public static void main(String[] words) {
        BY_SHARE.forEach(name -> System.out.printf(
                Locale.ROOT, "share %s %.2f %.2f%n", name, farthestOff(name, false), farthestOff(name, true)));
        for (int slots : new int[] {4093, 65_537, 655_373}) {
            balance(slots, 10);
            balance(slots, 100);
            balance(slots, 1000);
            for (int removed : new int[] {1, 2, 5, 10, 20, 50, 100, 200}) {
                disruption(slots, 1000, removed);
            }
        }
    }

    private static double farthestOff(String name, boolean weighted) {
        var pool = Pool.of(SERVERS, i -> weighted ? 1 + i % 4 : 1);
        var picker = Pool.scheduler(name).prepare(pool, null);
        for (var flow : Clients.flows(CONNECTIONS)) {
            var picked = Objects.requireNonNull(picker.pick(flow), name);
            pool.all().get(pool.all().indexOf(picked)).open();
        }
        double weights = pool.all().stream().mapToInt(Server::weight).sum();
        return pool.all().stream()
                .mapToDouble(server -> Math.abs(server.active() / (CONNECTIONS * server.weight() / weights) - 1) * 100)
                .max()
                .orElseThrow();
    }

    private static void balance(int slots, int servers) {
        var counts = owners(Pool.of(servers, _ -> 1).all(), slots)
                .collect(groupingBy(owner -> owner, counting()))
                .values();
        double mean = (double) slots / servers;
        System.out.printf(
                Locale.ROOT,
                "balance %d %d %.2f %.2f%n",
                slots,
                servers,
                100 * Collections.max(counts) / mean,
                100 * (counts.size() < servers ? 0 : Collections.min(counts)) / mean);
    }

    private static void disruption(int slots, int servers, int removed) {
        var all = Pool.of(servers, _ -> 1).all();
        var before = owners(all, slots).toList();
        double moved = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            var left = new ArrayList<>(all);
            Collections.shuffle(left, new Random(draw));
            var gone = List.copyOf(left.subList(0, removed));
            left = new ArrayList<>(all);
            left.removeAll(gone);
            var after = owners(left, slots).toList();
            moved += IntStream.range(0, slots)
                    .filter(slot -> !gone.contains(before.get(slot))
                            && !before.get(slot).equals(after.get(slot)))
                    .count();
        }
        System.out.printf(
                Locale.ROOT, "disruption %d %d %d %.4f%n", slots, servers, removed, 100 * moved / DRAWS / slots);
    }

    private static Stream<Server> owners(List<FakeServer> servers, int slots) {
        var table = new MaglevTable(servers, slots);
        return IntStream.range(0, slots).mapToObj(slot -> Objects.requireNonNull(table.server(slot)));
    }
}
