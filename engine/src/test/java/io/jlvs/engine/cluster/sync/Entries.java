package io.jlvs.engine.cluster.sync;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.SyncedTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any entry that directors can tell each other, and some in particular. */
final class Entries {

    static final SyncedConnection WEB = new SyncedConnection(
            ServiceKey.tcp("10.0.0.100", 80),
            new Flow(Protocol.TCP, Endpoint.of("10.0.0.1", 40000), Endpoint.of("10.0.0.100", 80)),
            Endpoint.of("10.0.0.1", 40000),
            Endpoint.of("10.2.0.11", 8080),
            "nat",
            1,
            true,
            Duration.ofMillis(1500),
            Duration.ofSeconds(900),
            Duration.ofSeconds(60));

    static final SyncedTemplate TEMPLATE = new SyncedTemplate(
            new ServiceKey.FirewallMark(7, AddressFamily.IPV6),
            InetAddress.ofLiteral("fd00::"),
            Endpoint.of("fd00:1::2", 0),
            true,
            Duration.ofSeconds(3),
            Duration.ofSeconds(360));

    private Entries() {}

    static Arbitrary<SyncedEntry> any() {
        return Arbitraries.randomValue(random -> random.nextInt(3) == 0 ? template(random) : connection(random));
    }

    private static SyncedConnection connection(Random random) {
        var family = one(random, AddressFamily.values());
        var protocol = one(random, Protocol.values());
        var flow = new Flow(protocol, endpoint(random, family), endpoint(random, family));
        var server = endpoint(random, one(random, AddressFamily.values()));
        return new SyncedConnection(
                one(
                        random,
                        new ServiceKey.Address(protocol, flow.virtual()),
                        new ServiceKey.Address(
                                protocol, new Endpoint(flow.virtual().address(), 0)),
                        new ServiceKey.FirewallMark(1 + random.nextInt(0xffff), family)),
                flow,
                random.nextBoolean() ? flow.client() : endpoint(random, server.family()),
                server,
                one(random, "nat", "dr", "tun", "a-mode-of-16-chr"),
                protocol == Protocol.UDP ? 0 : random.nextInt(11),
                random.nextBoolean(),
                millis(random, 0),
                millis(random, 1),
                Duration.ofSeconds(random.nextInt(100_000)));
    }

    private static SyncedTemplate template(Random random) {
        var family = one(random, AddressFamily.values());
        return new SyncedTemplate(
                new ServiceKey.Address(one(random, Protocol.values()), endpoint(random, family)),
                endpoint(random, family).address(),
                endpoint(random, one(random, AddressFamily.values())),
                random.nextBoolean(),
                millis(random, 0),
                millis(random, 1));
    }

    private static Duration millis(Random random, long least) {
        return Duration.ofMillis(random.nextLong(least, SyncedEntry.MAX_TIMEOUT.toMillis() + 1));
    }

    private static Endpoint endpoint(Random random, AddressFamily family) {
        var bytes = new byte[family == AddressFamily.IPV4 ? 4 : 16];
        random.nextBytes(bytes);
        try {
            return new Endpoint(InetAddress.getByAddress(bytes), random.nextInt(65536));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @SafeVarargs
    private static <T> T one(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }
}
