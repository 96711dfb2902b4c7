package io.jlvs.datapath.user;

import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.RelayMode;
import io.netty.channel.EventLoopGroup;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all listeners, connections and sessions of one data path share. */
final class Relay {

    final UserDataPathOptions options;
    final Transport transport;
    final EventLoopGroup loops;
    final Upcalls upcalls;
    final InstantSource clock;
    final Counters counters = new Counters();
    final Shedding shedding;

    /** Every connection and session, for the sweep of idle ones and the end. */
    final Set<Relayed> relayed = ConcurrentHashMap.newKeySet();

    private final AtomicLong ids = new AtomicLong();
    private volatile Map<String, ForwardingMode> modes = Map.of();

    Relay(
            UserDataPathOptions options,
            Transport transport,
            EventLoopGroup loops,
            Upcalls upcalls,
            InstantSource clock) {
        this.options = options;
        this.transport = transport;
        this.loops = loops;
        this.upcalls = upcalls;
        this.clock = clock;
        this.shedding = new Shedding(options.maxConnections(), upcalls::publish, clock);
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** Takes the modes that are loaded now; returns those of before. */
    Map<String, ForwardingMode> use(Map<String, ForwardingMode> next) {
        var before = modes;
        modes = next;
        return before;
    }

    @Nullable
    RelayMode mode(String name) {
        return modes.get(name) instanceof RelayMode mode ? mode : null;
    }
}
