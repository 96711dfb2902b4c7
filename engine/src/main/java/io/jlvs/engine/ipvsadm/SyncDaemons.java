package io.jlvs.engine.ipvsadm;

import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.cluster.sync.SyncSwitch.Role;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection synchronisation daemons that were started: at most one of each role. They are kept and listed, and turn
 * on what their role is; they end with the engine. Which way messages take is the cluster's: of what a daemon is told,
 * only its syncid has an effect.
 */
final class SyncDaemons {

    /**
     * What a daemon is asked to be.
     *
     * @param id 0..255, of the messages that it sends or takes
     * @param maxLength of a message in bytes; 0 for what fits into the interface's packets
     */
    record Settings(String networkInterface, int id, int maxLength, InetAddress group, int port, int ttl) {

        Settings withMaxLength(int length) {
            return new Settings(networkInterface, id, length, group, port, ttl);
        }

        @Override
        public String toString() {
            return "mcast=" + networkInterface + ", syncid=" + id + ", maxlen=" + maxLength + ", group="
                    + Naming.text(group) + ", port=" + port + ", ttl=" + ttl;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(SyncDaemons.class);
    private static final int ETHERNET = 1500;
    private static final int LONGEST_PACKET = 65535;
    private static final int SHORTEST_BUFFER = 1024;

    private final NetworkInterfaces interfaces;
    private final SyncSwitch sync;
    private final Map<Role, Settings> running = new EnumMap<>(Role.class);

    SyncDaemons(NetworkInterfaces interfaces, SyncSwitch sync) {
        this.interfaces = interfaces;
        this.sync = sync;
    }

    /** Starts a daemon; returns why not, or null. */
    synchronized @Nullable String start(Role role, Settings settings) {
        var device = interfaces.find(settings.networkInterface());
        if (device == null) {
            return "No such device";
        }
        if (running.containsKey(role)) {
            return "Daemon has already run";
        }
        if (role == Role.MASTER && !reaches(device, settings.group())) {
            return "Network is unreachable";
        }
        running.put(role, settings.withMaxLength(maxLength(role, settings, device)));
        if (!sync.start(role, settings.id())) {
            LOG.warn(
                    "sync daemon '{}' is kept and listed, but sends and takes nothing: this director is in no cluster",
                    word(role));
        }
        return null;
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Stops a daemon; returns why not, or null. */
    synchronized @Nullable String stop(Role role) {
        if (running.remove(role) == null) {
            return "No daemon is running";
        }
        sync.stop(role);
        return null;
    }

    /** A line for each. */
    @Override
    public synchronized String toString() {
        var text = new StringBuilder();
        running.forEach((role, settings) -> text.append(word(role))
                .append(" sync daemon (")
                .append(settings)
                .append(")\n"));
        return text.toString();
    }

    private static boolean reaches(NetworkInterfaces.Device device, InetAddress group) {
        return device.up() && !(device.loopback() && group instanceof Inet6Address);
    }

    /** A backup has room for what any master sends: for a packet of its interface, and never for little. */
    private static int maxLength(Role role, Settings settings, NetworkInterfaces.Device device) {
        int headers = settings.group() instanceof Inet6Address ? 48 : 28;
        if (settings.maxLength() != 0) {
            return Math.clamp(
                    settings.maxLength(), role == Role.BACKUP ? SHORTEST_BUFFER : 1, LONGEST_PACKET - headers);
        }
        int packet = role == Role.BACKUP ? Math.clamp(device.mtu(), ETHERNET, LONGEST_PACKET) : ETHERNET;
        return packet - headers;
    }
}
