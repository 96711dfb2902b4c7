package io.jlvs.datapath.user;

import java.time.Duration;

/**
 * How the relay works.
 *
 * @param connectTimeout how long a real server has to accept, more than zero
 * @param connectTries how many servers are tried for one connection, 1..100
 * @param tcpIdleTimeout a connection on which nothing moved for so long is closed; zero: never. IPVS: 15 min
 * @param udpIdleTimeout the same for UDP sessions, more than zero. IPVS: 5 min
 * @param maxConnections connections and sessions above which new ones are turned away; 0: what the descriptor limit
 *     allows
 * @param eventLoops threads; 0: one for each processor
 */
public record UserDataPathOptions(
        TransportChoice transport,
        Duration connectTimeout,
        int connectTries,
        Duration tcpIdleTimeout,
        Duration udpIdleTimeout,
        int maxConnections,
        int eventLoops) {

    public static final UserDataPathOptions DEFAULTS = new UserDataPathOptions(
            TransportChoice.AUTO, Duration.ofSeconds(3), 5, Duration.ofSeconds(900), Duration.ofSeconds(300), 0, 0);

    /** Which of the kernel's ways to wait for sockets is used; {@link #AUTO} takes NIO. */
    public enum TransportChoice {
        AUTO,
        IO_URING,
        NIO
    }

    public UserDataPathOptions {
        if (!connectTimeout.isPositive() || !udpIdleTimeout.isPositive() || tcpIdleTimeout.isNegative()) {
            throw new IllegalArgumentException("timeouts must be positive; only tcpIdleTimeout may be zero");
        }
        if (connectTries < 1 || connectTries > 100 || maxConnections < 0 || eventLoops < 0) {
            throw new IllegalArgumentException("expected connectTries 1..100, maxConnections and eventLoops 0 or more");
        }
    }
}
