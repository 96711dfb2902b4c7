package io.jlvs.engine.ipvsadm;

import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** The network interfaces of this host. */
@FunctionalInterface
public interface NetworkInterfaces {

    /**
     * What counts of an interface.
     *
     * @param mtu in bytes
     */
    record Device(int mtu, boolean up, boolean loopback) {}

    /** The interface of this name, or null. */
    @Nullable
    Device find(String name);

    /** Those that the operating system has now; one without any address is not seen. */
    static NetworkInterfaces ofSystem() {
        return name -> {
            try {
                var found = NetworkInterface.getByName(name);
                return found == null || found.isVirtual()
                        ? null
                        : new Device(found.getMTU(), found.isUp(), found.isLoopback());
            } catch (SocketException _) {
                return null; // gone meanwhile
            }
        };
    }
}
