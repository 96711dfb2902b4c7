package io.jlvs.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Persistence;
import io.jlvs.api.Protocol;
import io.jlvs.api.ProxyProtocol;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.Tunnel;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.api.datapath.Sysctls;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.api.spi.Server;
import io.jlvs.api.spi.ServerPool;
import io.jlvs.api.testing.FakePool;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.PlanFollower;
import io.jlvs.api.testing.PlannedScheduler;
import io.jlvs.api.testing.Recording;
import io.jlvs.api.testing.Replay;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.TcpFlag;
import io.jlvs.scheduler.hash.DestinationHash;
import io.jlvs.scheduler.hash.MaglevHash;
import io.jlvs.scheduler.hash.SourceHash;
import io.jlvs.scheduler.leastconnection.LeastConnection;
import io.jlvs.scheduler.leastconnection.NeverQueue;
import io.jlvs.scheduler.leastconnection.ShortestExpectedDelay;
import io.jlvs.scheduler.leastconnection.WeightedLeastConnection;
import io.jlvs.scheduler.overflow.WeightedFailover;
import io.jlvs.scheduler.overflow.WeightedOverflow;
import io.jlvs.scheduler.roundrobin.RoundRobin;
import io.jlvs.scheduler.roundrobin.WeightedRoundRobin;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs pick by plan, and by template, what IPVS picked in every recorded scenario: packet after packet, with the
 * loads that they count themselves.
 */
class PlansInTheKernelTest {

    private static final PassMode PASS = new PassMode("pass", 5);
    private static final AtomicInteger MARKS = new AtomicInteger();

    @RegisterExtension
    static final ProgramBench BENCH = new ProgramBench(PASS);

    private static Scheduler[] schedulers() {
        return new Scheduler[] {
            new RoundRobin(),
            new WeightedRoundRobin(),
            new LeastConnection(),
            new WeightedLeastConnection(),
            new ShortestExpectedDelay(),
            new NeverQueue(),
            new WeightedFailover(),
            new WeightedOverflow(),
            new SourceHash(),
            new DestinationHash(),
            new MaglevHash()
        };
    }

    static Stream<Recording> recordings() {
        return Stream.of("rr", "wrr", "lc-wlc", "sed-nq", "fo-ovf", "sh", "dh", "mh", "ipv6", "persistence")
                .flatMap(file -> Recording.read(file).stream());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void picksWhatIpvsPicked(Recording recording) {
        var client = new Client(recording);
        var planned = Stream.of(schedulers())
                .map(scheduler -> new PlannedScheduler(scheduler, client::follow))
                .toArray(Scheduler[]::new);

        var picks = Replay.play(recording, client::close, planned);

        assertThat(picks)
                .isEqualTo(recording.picks().stream()
                        .map(pick -> Objects.equals(pick, "!ECONNREFUSED") ? null : pick)
                        .toList());
    }

    @Test
    void twoChoicesSpreadConnectionsByWeight() {
        var recording = recordings()
                .filter(one -> one.scheduler().equals("wlc"))
                .findFirst()
                .orElseThrow();
        var client = new Client(recording);
        var servers = List.of(FakeServer.server("10.0.1.2", 80, 3), FakeServer.server("10.0.1.3", 80, 1));
        var pool = new FakePool(servers, Set.of());
        var follower = client.follow(pool, new Plan.TwoChoices(servers, 256, 1));

        for (int port = 1; port <= 400; port++) {
            follower.pick(new Flow(Protocol.TCP, Endpoint.of("10.0.0.2", 1024 + port), Endpoint.of("10.0.0.100", 80)));
        }

        assertThat(client.connections(servers.getFirst())).isBetween(290L, 310L);
    }

    /** Sends the packets of one scenario, whose service has a firewall mark of its own. */
    private static final class Client {

        private final ServiceKey service;
        private final boolean onePacket;
        private final @Nullable Persistence persistence;
        private final int mark = MARKS.incrementAndGet();

        Client(Recording recording) {
            var ipv6 = recording.dests().stream().anyMatch(dest -> dest.addr().contains(":"));
            service = new ServiceKey.FirewallMark(mark, ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4);
            onePacket = recording.flags().contains("-o");
            persistence = persistence(recording.flags(), service.family());
            var expires = recording.id().contains("expire_quiescent_template");
            BENCH.dataPath().use(Sysctls.DEFAULTS.with(Sysctl.EXPIRE_QUIESCENT_TEMPLATE, expires ? "1" : "0"));
        }

        private static @Nullable Persistence persistence(List<String> flags, AddressFamily family) {
            int seconds = flags.indexOf("-p");
            int mask = flags.indexOf("-M");
            return seconds < 0
                    ? null
                    : new Persistence(
                            Integer.parseInt(flags.get(seconds + 1)),
                            mask < 0 ? Persistence.fullMask(family) : mask(flags.get(mask + 1), family),
                            null);
        }

        private static InetAddress mask(String text, AddressFamily family) {
            return family == AddressFamily.IPV6
                    ? Persistence.prefixMask(family, Integer.parseInt(text))
                    : InetAddress.ofLiteral(text);
        }

        PlanFollower follow(ServerPool pool, Plan plan) {
            var entry = new ServiceEntry(
                    new VirtualService(service, "x", Set.of(), persistence, onePacket, ProxyProtocol.NONE),
                    pool.all().stream().map(Client::realServer).toList());
            BENCH.apply(new ForwardingTable(1, List.of(entry), Map.of(PASS.name(), PASS), Map.of(service, plan)));
            return new PlanFollower() {
                @Override
                public @Nullable Server pick(Flow flow) {
                    return connect(pool, flow);
                }

                @Override
                public long walked() {
                    return BENCH.dataPath().picks(service);
                }
            };
        }

        /** The server whose count of connections the client's first packet raises. */
        private @Nullable Server connect(ServerPool pool, Flow flow) {
            var before = pool.all().stream().map(this::connections).toList();
            send(flow, TcpFlag.SYN);
            for (int i = 0; i < before.size(); i++) {
                if (connections(pool.all().get(i)) > before.get(i)) {
                    return pool.all().get(i);
                }
            }
            return null;
        }

        /** A reset alone would not end a handshake, as in IPVS. */
        void close(Flow flow) {
            send(flow, TcpFlag.ACK);
            send(flow, TcpFlag.RST);
        }

        private void send(Flow flow, TcpFlag flag) {
            var client = flow.client();
            var family = service.family() == AddressFamily.IPV4 ? Family.IPV4 : Family.IPV6;
            Packet ip = family.ip(
                    Conversation.CLIENT_LINK,
                    client.address().getHostAddress(),
                    flow.virtual().address().getHostAddress());
            var packet = flow.protocol() == Protocol.UDP
                    ? ip.udp(client.port(), flow.virtual().port()).payload("x")
                    : ip.tcp(client.port(), flow.virtual().port()).flags(flag);
            BENCH.send(packet.frame(), mark);
        }

        long connections(Server server) {
            return BENCH.dataPath()
                    .traffic()
                    .of(new ServerId(service, server.endpoint()))
                    .connections();
        }

        private static RealServer realServer(Server server) {
            return new RealServer(
                    server.endpoint(), PASS.name(), server.weight(), ((FakeServer) server).thresholds(), Tunnel.IPIP);
        }
    }
}
