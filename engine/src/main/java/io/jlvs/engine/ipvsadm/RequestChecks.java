package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What must hold between the options of a command, and what some of them mean for others. */
final class RequestChecks {

    private static final List<Option> CHECKSUMS = List.of(Option.TUN_NOCSUM, Option.TUN_CSUM, Option.TUN_REMCSUM);

    private RequestChecks() {}

    static void check(Request request) {
        switch (request.command) {
            case ADD_SERVICE, EDIT_SERVICE -> checkService(request);
            case ADD_SERVER, EDIT_SERVER -> checkServer(request);
            default -> {}
        }
    }

    private static void checkService(Request request) {
        if (request.service instanceof ServiceKey.Address(var protocol, var virtual)) {
            if (virtual.port() == 0 && request.persistentSeconds == 0) {
                throw Refusal.of("Zero port specified for non-persistent service");
            }
            if (request.onePacket && protocol != Protocol.UDP) {
                throw Refusal.of("One-Packet Scheduling is only for UDP virtual services");
            }
        }
    }

    private static void checkServer(Request request) {
        if (request.requireService() instanceof ServiceKey.Address address && keepsPort(request.mode)) {
            request.server = new Endpoint(
                    request.requireServer().address(), address.virtual().port());
        }
        if (request.requireService().family() != request.requireServer().family() && !request.mode.equals("tun")) {
            throw Refusal.of("Different address family is allowed only for tunneling servers");
        }
        checkTunnel(request);
    }

    /** Whether the server is talked to on the service's own port. */
    private static boolean keepsPort(String mode) {
        return mode.equals("dr") || mode.equals("tun");
    }

    private static void checkTunnel(Request request) {
        var type = request.tunnelType == null ? Tunnel.Type.IPIP : request.tunnelType;
        var word = type.name().toLowerCase(Locale.ROOT);
        if (!request.mode.equals("tun")) {
            if (request.given.stream().anyMatch(name -> name.startsWith("tun-"))) {
                throw Refusal.of("Tunnel options conflict with forward method");
            }
            return;
        }
        if (type == Tunnel.Type.GUE && !request.has(Option.TUN_PORT)) {
            throw Refusal.of("You need to supply the 'tun-port' option for the 'gue' tunnel type");
        }
        refuseUnless(type == Tunnel.Type.GUE, request, Option.TUN_PORT, word);
        @Nullable Option checksum = null;
        for (var option : CHECKSUMS) {
            refuseUnless(allows(type, option), request, option, word);
            if (request.has(option) && checksum != null) {
                throw Refusal.of("The option '" + option.checkedName() + "' conflicts with the '"
                        + checksum.checkedName() + "' option in the '" + word + "' tunnel type");
            }
            checksum = request.has(option) ? option : checksum;
        }
    }

    private static boolean allows(Tunnel.Type type, Option checksum) {
        return switch (type) {
            case IPIP -> false;
            case GRE -> checksum != Option.TUN_REMCSUM;
            case GUE -> true;
        };
    }

    private static void refuseUnless(boolean allowed, Request request, Option option, String type) {
        if (!allowed && request.has(option)) {
            throw Refusal.of("Illegal '" + option.checkedName() + "' option with the '" + type + "' tunnel type");
        }
    }
}
