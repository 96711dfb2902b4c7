package io.jlvs.engine.ipvsadm;

import static java.util.Objects.requireNonNull;

import io.jlvs.api.Endpoint;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line as it was understood so far: filled by {@link RequestReader}, option by option. */
final class Request {

    /** How a listing is laid out; of several wishes the first in this order counts. */
    enum Layout {
        STATS,
        RATE,
        THRESHOLDS,
        PERSISTENT_CONN,
        TUN_INFO,
        DEFAULT
    }

    final CommandWord command;

    /** Where it is in rules, from 1; 0 for a command by itself. */
    int line;

    /** The checked names of the options given. */
    final Set<String> given = new HashSet<>();

    @Nullable
    ServiceKey service;

    @Nullable
    String scheduler;

    int persistentSeconds;

    @Nullable
    InetAddress netmask;

    @Nullable
    String engine;

    boolean onePacket;
    Set<SchedulerFlag> flags = Set.of();

    @Nullable
    Endpoint server;

    String mode = "dr";
    int weight = 1;
    int upperThreshold;
    int lowerThreshold;
    Tunnel.@Nullable Type tunnelType;
    int tunnelPort;

    /** The three numbers of {@code --set}. */
    int[] timeouts = {};

    SyncSwitch.@Nullable Role role;
    String syncInterface = "";
    int syncId;
    int syncMaxLength;
    InetAddress syncGroup = InetAddress.ofLiteral("224.0.0.81");
    int syncPort = 8848;
    int syncHops = 1;

    Request(CommandWord command) {
        this.command = command;
    }

    boolean has(Option option) {
        return given.contains(option.checkedName());
    }

    Layout layout() {
        if (has(Option.STATS)) {
            return Layout.STATS;
        }
        if (has(Option.RATE)) {
            return Layout.RATE;
        }
        if (has(Option.THRESHOLDS)) {
            return Layout.THRESHOLDS;
        }
        if (has(Option.PERSISTENT_CONN)) {
            return Layout.PERSISTENT_CONN;
        }
        return has(Option.TUN_INFO) ? Layout.TUN_INFO : Layout.DEFAULT;
    }

    /** The service that the command is about; checks have made sure that one was given. */
    ServiceKey requireService() {
        return requireNonNull(service);
    }

    Endpoint requireServer() {
        return requireNonNull(server);
    }

    SyncSwitch.Role requireRole() {
        return requireNonNull(role);
    }

    SyncDaemons.Settings daemon() {
        return new SyncDaemons.Settings(syncInterface, syncId, syncMaxLength, syncGroup, syncPort, syncHops);
    }
}
