package io.jlvs.datapath.user;

import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.RelayMode;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all listeners, connections and sessions of one data path share. */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

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

    /** Where a server's mode wants the flow to go; null when the mode is not loaded any more, or fails. */
    @Nullable
    InetSocketAddress destination(Flow flow, RealServer server) {
        try {
            return modes.get(server.mode()) instanceof RelayMode mode
                    ? Listener.address(mode.destination(flow, server))
                    : null;
        } catch (Throwable e) { // a stranger's code: an Error of its own must not end the event loop's task either
            LOG.warn("forwarding mode {} failed for {}", server.mode(), flow, e);
            return null;
        }
    }
}
