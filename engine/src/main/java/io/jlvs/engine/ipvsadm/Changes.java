package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Command;
import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.Persistence;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.engine.registry.Draft;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request changes, as a command for the registry. Refused here is what the kernel would refuse, in its order:
 * whether the service is there comes before anything that is wrong with it.
 */
final class Changes {

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** Of every host, whatever its networks. */
    private static final Set<InetAddress> BROADCAST =
            Set.of(InetAddress.ofLiteral("255.255.255.255"), InetAddress.ofLiteral("127.255.255.255"));

    private Changes() {}

    /** @throws CommandException if it is refused */
    static Command of(Request request, Draft draft) {
        return switch (request.command) {
            case ADD_SERVICE -> new Command.AddService(addedService(request, draft));
            case EDIT_SERVICE -> new Command.EditService(editedService(request, draft));
            case DELETE_SERVICE -> new Command.DeleteService(request.requireService());
            case FLUSH -> new Command.Clear();
            case ADD_SERVER -> new Command.AddServer(request.requireService(), addedServer(request, draft));
            case EDIT_SERVER -> new Command.EditServer(request.requireService(), server(request, draft));
            case DELETE_SERVER -> new Command.DeleteServer(request.requireService(), request.requireServer());
            case ZERO -> new Command.Zero(request.service);
            default -> throw new IllegalStateException(request.command + " changes nothing");
        };
    }

    private static VirtualService addedService(Request request, Draft draft) {
        var key = request.requireService();
        if (draft.find(key).isPresent()) {
            throw new CommandException(ErrorCode.SERVICE_EXISTS, "virtual service " + key + " already exists");
        }
        if (key instanceof ServiceKey.Address address
                && isMapped(address.virtual().address())) {
            throw new CommandException(
                    ErrorCode.UNSUPPORTED,
                    "an IPv4-mapped IPv6 address is no service of its own here: use the IPv4 address");
        }
        return service(request, ProxyProtocol.NONE);
    }

    private static VirtualService editedService(Request request, Draft draft) {
        return service(request, existing(request, draft).service().proxyProtocol());
    }

    private static ServiceEntry existing(Request request, Draft draft) {
        return draft.find(request.requireService())
                .orElseThrow(() -> new CommandException(
                        ErrorCode.NO_SUCH_SERVICE, "there is no virtual service " + request.requireService()));
    }

    private static VirtualService service(Request request, ProxyProtocol proxyProtocol) {
        return new VirtualService(
                request.requireService(),
                scheduler(request),
                request.flags,
                persistence(request),
                request.onePacket,
                proxyProtocol);
    }

    private static String scheduler(Request request) {
        if (request.scheduler == null) {
            return VirtualService.DEFAULT_SCHEDULER;
        }
        if (request.scheduler.isBlank()) {
            throw new CommandException(ErrorCode.NO_SUCH_SCHEDULER, "a scheduler's name is not blank");
        }
        return request.scheduler;
    }

    private static @Nullable Persistence persistence(Request request) {
        if (request.engine != null && !request.engine.equals("sip")) {
            throw new CommandException(ErrorCode.NO_SUCH_SCHEDULER, "no persistence engine '" + request.engine + "'");
        }
        if (request.persistentSeconds == 0) {
            return null;
        }
        var mask = request.netmask == null
                ? Persistence.fullMask(request.requireService().family())
                : request.netmask;
        return new Persistence(request.persistentSeconds, mask, request.engine);
    }

    private static RealServer addedServer(Request request, Draft draft) {
        var server = server(request, draft);
        if (!isUnicast(server.endpoint().address())) {
            throw new CommandException(
                    ErrorCode.INVALID, "Invalid operation.  Possibly wrong module version, address not unicast, ...");
        }
        return server;
    }

    private static RealServer server(Request request, Draft draft) {
        existing(request, draft);
        return new RealServer(
                request.requireServer(), request.mode, request.weight, thresholds(request), tunnel(request));
    }

    private static Thresholds thresholds(Request request) {
        if (request.lowerThreshold > request.upperThreshold) {
            throw new CommandException(ErrorCode.INVALID, "Numerical result out of range");
        }
        return new Thresholds(request.upperThreshold, request.lowerThreshold);
    }

    private static Tunnel tunnel(Request request) {
        if (request.tunnelType == null) {
            return Tunnel.IPIP;
        }
        var checksum = request.has(Option.TUN_CSUM)
                ? Tunnel.Checksum.FULL
                : request.has(Option.TUN_REMCSUM) ? Tunnel.Checksum.REMOTE : Tunnel.Checksum.NONE;
        return new Tunnel(request.tunnelType, request.tunnelPort, checksum);
    }

    /** Neither all zeros, nor broadcast, nor multicast, and of IPv6 neither link-local nor IPv4-mapped. */
    private static boolean isUnicast(InetAddress address) {
        var special = address instanceof Inet4Address
                ? BROADCAST.contains(address)
                : address.isLinkLocalAddress() || isMapped(address);
        return !special && !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    /** Whether it is one of ::ffff:0:0/96. */
    private static boolean isMapped(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == 16 && Arrays.equals(bytes, 0, 12, MAPPED, 0, 12);
    }
}
