package io.jlvs.scheduler.roundrobin;

import io.jlvs.api.Flow;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * {@code wrr} in the order of IPVS: passes over the servers with a bar that each weight must reach. The bar falls by the
 * weights' greatest common divisor after each pass; from the lowest it goes back to the highest.
 */
@Extension
public final class WeightedRoundRobin implements Scheduler {

    @Override
    public String name() {
        return "wrr";
    }

    @Override
    public Picker prepare(ServerPool pool, @Nullable Picker previous) {
        var passes = new Passes(pool.all());
        passes.startAt(previous instanceof Passes before ? before.bar : 0);
        return passes;
    }

    private static final class Passes implements Picker {

        private final List<? extends Server> servers;
        private final int step;
        private final int highest;
        private int bar;
        private int last = -1;

        Passes(List<? extends Server> servers) {
            this.servers = servers;
            this.step = Math.max(1, weights(servers).reduce(0, Passes::greatestCommonDivisor));
            this.highest = weights(servers).max().orElse(0) - (step - 1);
        }

        /** @param before where the bar was before the change, 0 if nowhere */
        void startAt(int before) {
            if (before == 0 || before > highest) {
                bar = highest;
            } else {
                bar = step == 1 ? before : before / step * step + 1;
            }
        }

        @Override
        public @Nullable Server pick(Flow flow) {
            var found = restOfPass();
            if (found == null && lowerBar()) {
                found = restOfPass();
            }
            return found;
        }

        /** From wherever it stands, so many picks as the weights have steps lead back to there. */
        @Override
        public @Nullable Plan plan() {
            long length = servers.stream().mapToLong(Server::weight).sum() / step;
            return length == 0 || length > Plan.Cycle.MAX_LENGTH ? null : new Plan.Cycle(picksToCome((int) length), 0);
        }

        private List<Server> picksToCome(int count) {
            var picks = new ArrayList<Server>(count);
            int height = bar;
            for (int next = last + 1; picks.size() < count; next++) {
                if (next == servers.size()) {
                    next = 0;
                    height = lower(height);
                }
                if (servers.get(next).weight() >= height) {
                    picks.add(servers.get(next));
                }
            }
            return picks;
        }

        private @Nullable Server restOfPass() {
            while (++last < servers.size()) {
                var server = servers.get(last);
                if (server.weight() >= bar && !server.overloaded()) {
                    return server;
                }
            }
            last = -1;
            return null;
        }

        /** Skips passes that would find nobody, as there are when the heavy servers are overloaded. */
        private boolean lowerBar() {
            int heaviest = heaviestOpen();
            if (heaviest == 0) {
                return false;
            }
            bar = lower(bar);
            if (bar > heaviest) {
                bar -= (bar - heaviest + step - 1) / step * step;
            }
            return true;
        }

        private int lower(int height) {
            return height > step ? height - step : highest;
        }

        private int heaviestOpen() {
            int heaviest = 0;
            for (var server : servers) {
                heaviest = server.overloaded() ? heaviest : Math.max(heaviest, server.weight());
            }
            return heaviest;
        }

        private static IntStream weights(List<? extends Server> servers) {
            return servers.stream().mapToInt(Server::weight);
        }

        private static int greatestCommonDivisor(int a, int b) {
            return b == 0 ? a : greatestCommonDivisor(b, a % b);
        }
    }
}
