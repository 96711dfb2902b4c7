package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Protocol;
import java.net.InetAddress;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The names that this host knows for addresses and ports. May block, for seconds at most. */
public interface HostNames {

    /** The IPv4 address of a host, or null. */
    @Nullable
    InetAddress address(String host);

    /** The name of an address, or null. */
    @Nullable
    String host(InetAddress address);

    /** The port of a service such as {@code http}. */
    OptionalInt port(String service, Protocol protocol);

    /** The name of a port, or null. */
    @Nullable
    String service(int port, Protocol protocol);

    /** The names of the operating system: its resolver, and {@code /etc/services}. */
    static HostNames ofSystem() {
        return new SystemNames(SystemNames.SERVICES);
    }
}
