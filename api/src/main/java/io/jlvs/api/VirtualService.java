package io.jlvs.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual service as the operator wants it, without its real servers.
 *
 * @param scheduler name of a scheduler plugin, 1..15 characters as in IPVS
 * @param flags handed to the scheduler
 * @param persistence null when each connection is scheduled for itself
 * @param onePacket each datagram is scheduled for itself ({@code ipvsadm -o}); UDP and mark services only
 * @param proxyProtocol what the relay sends ahead of the client's bytes; TCP services only. ipvsadm neither shows nor
 *     changes it
 */
public record VirtualService(
        ServiceKey key,
        String scheduler,
        Set<SchedulerFlag> flags,
        @Nullable Persistence persistence,
        boolean onePacket,
        ProxyProtocol proxyProtocol) {

    /** What {@code ipvsadm -A} without {@code -s} takes. */
    public static final String DEFAULT_SCHEDULER = "wlc";

    public VirtualService {
        flags = Set.copyOf(flags);
        if (scheduler.isBlank() || scheduler.length() > 15) {
            throw new IllegalArgumentException("scheduler name '" + scheduler + "' must have 1 to 15 characters");
        }
        if (persistence != null && AddressFamily.of(persistence.netmask()) != key.family()) {
            throw new IllegalArgumentException("the netmask of the persistence is not " + key.family());
        }
        if (key instanceof ServiceKey.Address(var protocol, var virtual)) {
            if (virtual.port() == 0 && persistence == null) {
                throw new IllegalArgumentException("port 0 (every port) needs persistence");
            }
            if (onePacket && protocol != Protocol.UDP) {
                throw new IllegalArgumentException("one-packet scheduling is for UDP services, not " + protocol);
            }
            if (proxyProtocol != ProxyProtocol.NONE && protocol != Protocol.TCP) {
                throw new IllegalArgumentException("the PROXY protocol is for TCP services, not " + protocol);
            }
        }
    }

    /** A plain service. */
    public static VirtualService of(ServiceKey key, String scheduler) {
        return new VirtualService(key, scheduler, Set.of(), null, false, ProxyProtocol.NONE);
    }
}
