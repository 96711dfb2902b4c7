package io.jlvs.engine.ipvsadm;

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
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Any configuration that ipvsadm can make and save. As the original does, {@code -S} writes marks from 2^31 on as
 * negative numbers, which {@code -R} does not take, and knows no name for the third flag of sh and mh.
 */
final class Rulesets {

    private Rulesets() {}

    static Arbitrary<ServiceEntry> entries() {
        return keys().flatMap(key -> Combinators.combine(
                        services(key), servers(key).list().ofMaxSize(5).uniqueElements(RealServer::endpoint))
                .as(ServiceEntry::new));
    }

    static RealServer withoutThresholds(RealServer server) {
        return new RealServer(server.endpoint(), server.mode(), server.weight(), Thresholds.NONE, server.tunnel());
    }

    private static Arbitrary<ServiceKey> keys() {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(Protocol.class), endpoints()).as(ServiceKey.Address::new),
                Combinators.combine(
                                Arbitraries.longs().between(1, Integer.MAX_VALUE), Arbitraries.of(AddressFamily.class))
                        .as(ServiceKey.FirewallMark::new));
    }

    private static Arbitrary<VirtualService> services(ServiceKey key) {
        var anyPort =
                key instanceof ServiceKey.Address address && address.virtual().port() == 0;
        var onePacket = !(key instanceof ServiceKey.Address address) || address.protocol() == Protocol.UDP;
        return Arbitraries.of("rr", "wlc", "sh", "mh")
                .flatMap(scheduler -> Combinators.combine(
                                flags(scheduler).set(),
                                persistence(key.family()).injectNull(anyPort ? 0 : 0.5),
                                onePacket ? Arbitraries.of(true, false) : Arbitraries.just(false))
                        .as((flags, persistence, ops) ->
                                new VirtualService(key, scheduler, flags, persistence, ops, ProxyProtocol.NONE)));
    }

    private static Arbitrary<SchedulerFlag> flags(String scheduler) {
        return scheduler.endsWith("h")
                ? Arbitraries.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_2)
                : Arbitraries.of(SchedulerFlag.class);
    }

    private static Arbitrary<Persistence> persistence(AddressFamily family) {
        var masks = family == AddressFamily.IPV4
                ? addresses(4)
                : Arbitraries.integers().between(1, 128).map(prefix -> Persistence.prefixMask(family, prefix));
        return Combinators.combine(
                        Arbitraries.integers().between(1, Persistence.MAX_TIMEOUT_SECONDS),
                        masks,
                        Arbitraries.of("sip").injectNull(0.5))
                .as(Persistence::new);
    }

    /** Direct routing and tunnels have the service's port; only tunnels lead to the other address family. */
    private static Arbitrary<RealServer> servers(ServiceKey key) {
        return Arbitraries.of("nat", "dr", "tun").flatMap(mode -> {
            var endpoints = (mode.equals("tun") ? endpoints() : endpoints(key.family())).filter(Rulesets::isUnicast);
            return Combinators.combine(
                            mode.equals("nat") ? endpoints : endpoints.map(endpoint -> withPortOf(key, endpoint)),
                            Arbitraries.integers().greaterOrEqual(0),
                            Arbitraries.integers().greaterOrEqual(0),
                            mode.equals("tun") ? tunnels() : Arbitraries.just(Tunnel.IPIP))
                    .as((endpoint, weight, upper, tunnel) ->
                            new RealServer(endpoint, mode, weight, new Thresholds(upper, 0), tunnel));
        });
    }

    private static boolean isUnicast(Endpoint endpoint) {
        var address = endpoint.address();
        return !address.isMulticastAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !Addresses.format(address).endsWith(".255.255.255");
    }

    private static Endpoint withPortOf(ServiceKey key, Endpoint endpoint) {
        return key instanceof ServiceKey.Address address
                ? new Endpoint(endpoint.address(), address.virtual().port())
                : endpoint;
    }

    private static Arbitrary<Tunnel> tunnels() {
        var gue = Combinators.combine(Arbitraries.integers().between(1, 65535), Arbitraries.of(Tunnel.Checksum.class))
                .as((port, checksum) -> new Tunnel(Tunnel.Type.GUE, port, checksum));
        var gre = Arbitraries.of(Tunnel.Checksum.NONE, Tunnel.Checksum.FULL)
                .map(checksum -> new Tunnel(Tunnel.Type.GRE, 0, checksum));
        return Arbitraries.oneOf(gue, gre, Arbitraries.just(Tunnel.IPIP));
    }

    private static Arbitrary<Endpoint> endpoints() {
        return Arbitraries.of(AddressFamily.class).flatMap(Rulesets::endpoints);
    }

    private static Arbitrary<Endpoint> endpoints(AddressFamily family) {
        return Combinators.combine(
                        addresses(family == AddressFamily.IPV4 ? 4 : 16),
                        Arbitraries.integers().between(0, 65535))
                .as(Endpoint::new);
    }

    private static Arbitrary<InetAddress> addresses(int size) {
        return Arbitraries.bytes().array(byte[].class).ofSize(size).map(Rulesets::address);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
