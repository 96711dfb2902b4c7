package io.jlvs.engine.json;

import io.jlvs.api.AddressFamily;
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
import net.jqwik.api.RandomDistribution;

/** Any model that there can be. */
public final class Models {

    private Models() {}

    public static Arbitrary<ServiceEntry> entries() {
        return Combinators.combine(services(), servers().list().ofMaxSize(4).uniqueElements(RealServer::endpoint))
                .as(ServiceEntry::new);
    }

    static Arbitrary<VirtualService> services() {
        return keys().flatMap(key -> Combinators.combine(
                        Arbitraries.of("rr", "wlc", "a-name-of-15-ch"),
                        Arbitraries.of(SchedulerFlag.class).set(),
                        persistence(key.family()).injectNull(needsPersistence(key) ? 0 : 0.5),
                        onePacket(key),
                        proxy(key))
                .as((scheduler, flags, persistence, onePacket, proxy) ->
                        new VirtualService(key, scheduler, flags, persistence, onePacket, proxy)));
    }

    static Arbitrary<ServiceKey> keys() {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(Protocol.class), endpoints()).as(ServiceKey.Address::new),
                Combinators.combine(Arbitraries.longs().between(1, 0xffff_ffffL), Arbitraries.of(AddressFamily.class))
                        .as(ServiceKey.FirewallMark::new));
    }

    static Arbitrary<RealServer> servers() {
        return Combinators.combine(
                        endpoints(),
                        Arbitraries.of("nat", "dr", "tun", "mine"),
                        Arbitraries.integers().greaterOrEqual(0),
                        thresholds(),
                        tunnels())
                .as(RealServer::new);
    }

    private static Arbitrary<Endpoint> endpoints() {
        return Combinators.combine(addresses(), Arbitraries.integers().between(0, 65535))
                .as(Endpoint::new);
    }

    private static Arbitrary<InetAddress> addresses() {
        return Arbitraries.oneOf(bytes(4), bytes(16)).map(Models::address);
    }

    private static Arbitrary<byte[]> bytes(int size) {
        return Arbitraries.bytes()
                .withDistribution(RandomDistribution.biased())
                .array(byte[].class)
                .ofSize(size);
    }

    private static Arbitrary<Persistence> persistence(AddressFamily family) {
        var masks = family == AddressFamily.IPV4
                ? bytes(4).map(Models::address)
                : Arbitraries.integers().between(0, 128).map(prefix -> Persistence.prefixMask(family, prefix));
        return Combinators.combine(
                        Arbitraries.integers().between(1, Persistence.MAX_TIMEOUT_SECONDS),
                        masks,
                        Arbitraries.of("sip").injectNull(0.5))
                .as(Persistence::new);
    }

    private static Arbitrary<Boolean> onePacket(ServiceKey key) {
        return mayBe(key, Protocol.UDP) ? Arbitraries.of(true, false) : Arbitraries.just(false);
    }

    private static Arbitrary<ProxyProtocol> proxy(ServiceKey key) {
        return mayBe(key, Protocol.TCP) ? Arbitraries.of(ProxyProtocol.class) : Arbitraries.just(ProxyProtocol.NONE);
    }

    private static boolean mayBe(ServiceKey key, Protocol protocol) {
        return !(key instanceof ServiceKey.Address address) || address.protocol() == protocol;
    }

    private static boolean needsPersistence(ServiceKey key) {
        return key instanceof ServiceKey.Address address && address.virtual().port() == 0;
    }

    private static Arbitrary<Thresholds> thresholds() {
        return Arbitraries.integers()
                .greaterOrEqual(0)
                .flatMap(upper -> Arbitraries.integers().between(0, upper).map(lower -> new Thresholds(upper, lower)));
    }

    private static Arbitrary<Tunnel> tunnels() {
        return Arbitraries.of(
                Tunnel.IPIP,
                new Tunnel(Tunnel.Type.GUE, 6080, Tunnel.Checksum.REMOTE),
                new Tunnel(Tunnel.Type.GUE, 65535, Tunnel.Checksum.NONE),
                new Tunnel(Tunnel.Type.GRE, 0, Tunnel.Checksum.FULL));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
