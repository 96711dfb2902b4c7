package io.jlvs.scheduler.hash;

import io.jlvs.api.Flow;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.spi.Picker;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Plan.Slots.Hash;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table of 256 buckets, each with a server, and the multiplicative hash (Knuth, The Art of Computer Programming 3, 6.4)
 * that leads to one, as IPVS's {@code sh} and {@code dh} have it.
 *
 * @param slots null everywhere when there is no server
 * @param hash what of a flow is hashed
 */
record Buckets(List<@Nullable Server> slots, Hash hash, ServerPool pool) implements Picker {

    /** As many as kernels are built with by default; a power of two. */
    static final int SIZE = 256;

    private static final int FACTOR = 0x61c88647;
    private static final int SHIFT = Integer.numberOfLeadingZeros(SIZE) + 1;

    /** Gives the buckets to the servers in their order, over and over, so many at a time to each: 1 or more. */
    static List<@Nullable Server> fill(List<? extends Server> servers, ToIntFunction<Server> turns) {
        if (servers.isEmpty()) {
            return Collections.nCopies(SIZE, null);
        }
        var slots = new ArrayList<@Nullable Server>(SIZE);
        for (int next = 0; slots.size() < SIZE; next = (next + 1) % servers.size()) {
            var server = servers.get(next);
            slots.addAll(Collections.nCopies(Math.min(turns.applyAsInt(server), SIZE - slots.size()), server));
        }
        return Collections.unmodifiableList(slots);
    }

    @Override
    public @Nullable Server pick(Flow flow) {
        int home = home(flow);
        var server = slots.get(home);
        if (server == null || server.eligible()) {
            return server;
        }
        return withFallback() ? fallback(home) : null;
    }

    @Override
    public Plan plan() {
        return new Plan.Slots(slots, hash, withPort(), withFallback());
    }

    /** In the order of IPVS, which begins as far behind the first bucket as that is behind the beginning. */
    private @Nullable Server fallback(int home) {
        for (int attempt = 0; attempt < SIZE; attempt++) {
            var server = slots.get((home + (home + attempt) % SIZE) % SIZE);
            if (server != null && server.eligible()) {
                return server;
            }
        }
        return null;
    }

    private int home(Flow flow) {
        var hashed = hash == Hash.SOURCE ? flow.client() : flow.virtual();
        int key = HashKey.of(hashed.address(), withPort() ? hashed.port() : 0);
        return (key * FACTOR) >>> SHIFT;
    }

    private boolean withFallback() {
        return hash == Hash.SOURCE && pool.flags().contains(SchedulerFlag.FLAG_1);
    }

    private boolean withPort() {
        return hash == Hash.SOURCE && pool.flags().contains(SchedulerFlag.FLAG_2);
    }
}
