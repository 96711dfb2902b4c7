package io.jlvs.engine.config;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Addresses;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.SchedulerFlag;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Thresholds;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the virtual services of {@code jlvs.yaml}, in the words of ipvsadm and of the bus. */
final class ServicesReader {

    private static final Duration LONGEST = Duration.ofSeconds(Persistence.MAX_TIMEOUT_SECONDS);

    private ServicesReader() {}

    static List<ServiceEntry> services(Section in) {
        var seen = new HashSet<ServiceKey>();
        return in.list("services", service -> service(service, seen));
    }

    private static Optional<ServiceEntry> service(Section in, Set<ServiceKey> seen) {
        var key = in.require("service", ServicesReader::serviceKey);
        key.ifPresent(known -> in.check(seen.add(known), "the virtual service " + known + " is there twice"));
        var scheduler = in.text("scheduler", VirtualService.DEFAULT_SCHEDULER);
        var flags = Set.copyOf(in.parseAll("flags", ServicesReader::flag));
        var persistence = persistence(in, key);
        var onePacket = in.flag("onePacket", false);
        var proxyProtocol = in.choice("proxyProtocol", ProxyProtocol.NONE);
        var servers = servers(in);
        return in.make(() -> new ServiceEntry(
                new VirtualService(key.orElseThrow(), scheduler, flags, persistence, onePacket, proxyProtocol),
                servers));
    }

    /** As if they were added in the order of the file, which puts the last at the head. */
    private static List<RealServer> servers(Section in) {
        var seen = new HashSet<Endpoint>();
        return in.list("servers", server -> server(server, seen)).reversed();
    }

    private static Optional<RealServer> server(Section in, Set<Endpoint> seen) {
        var address = in.require("address", Endpoint::parse);
        address.ifPresent(known -> in.check(seen.add(known), "the real server " + known + " is there twice"));
        var mode = in.text("mode", "nat");
        var weight = in.integer("weight", 1, 0, Integer.MAX_VALUE);
        var upper = in.integer("upperThreshold", 0, 0, Integer.MAX_VALUE);
        var lower = in.integer("lowerThreshold", 0, 0, Integer.MAX_VALUE);
        return in.make(
                () -> new RealServer(address.orElseThrow(), mode, weight, new Thresholds(upper, lower), Tunnel.IPIP));
    }

    private static @Nullable Persistence persistence(Section in, Optional<ServiceKey> key) {
        var family = key.map(ServiceKey::family).orElse(AddressFamily.IPV4);
        var timeout = in.optionalDuration("persistent", Duration.ofSeconds(1), LONGEST);
        var netmask = in.parse("netmask", text -> netmask(text, family));
        in.check(netmask.isEmpty() || timeout.isPresent(), "the key 'netmask' needs the key 'persistent'");
        return timeout.map(time -> (int) time.toSeconds())
                .map(seconds -> new Persistence(seconds, netmask.orElse(Persistence.fullMask(family)), null))
                .orElse(null);
    }

    private static InetAddress netmask(String text, AddressFamily family) {
        if (family == AddressFamily.IPV4) {
            return Addresses.parse(text);
        }
        try {
            return Persistence.prefixMask(family, Integer.parseInt(text));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("expected a prefix length 0..128, found '" + text + "'");
        }
    }

    private static SchedulerFlag flag(String text) {
        return switch (text) {
            case "flag-1" -> SchedulerFlag.FLAG_1;
            case "flag-2" -> SchedulerFlag.FLAG_2;
            case "flag-3" -> SchedulerFlag.FLAG_3;
            default -> throw new IllegalArgumentException("expected flag-1, flag-2 or flag-3, found '" + text + "'");
        };
    }

    private static ServiceKey serviceKey(String text) {
        var parts = text.split("://", 2);
        var protocol = Stream.of(Protocol.values())
                .filter(known -> known.lowerName().equals(parts[0]))
                .findFirst()
                .filter(_ -> parts.length == 2)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected tcp://ADDRESS:PORT, udp://ADDRESS:PORT or sctp://ADDRESS:PORT, found '" + text
                                + "'"));
        return new ServiceKey.Address(protocol, Endpoint.parse(parts[1]));
    }
}
