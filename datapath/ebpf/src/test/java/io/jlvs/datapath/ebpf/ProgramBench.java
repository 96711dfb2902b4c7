package io.jlvs.datapath.ebpf;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.Decision;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.Upcalls;
import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.RefusalReason;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.testing.FakeServer;
import io.jlvs.api.testing.packet.Ethernet;
import io.jlvs.api.testing.packet.Frame;
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.RecordedFrames;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The programs of a data path, run on single packets (BPF_PROG_TEST_RUN) in a director's namespace that has the
 * interfaces, addresses and neighbours of {@link RecordedFrames}. Register it as a static extension: each test finds it
 * without connections. Without root the tests are skipped.
 */
public final class ProgramBench implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** The MTU on the way to {@link Family#narrow}, in bytes. */
    public static final int NARROW = 1400;

    private static final String CLIENT_SIDE = "jlvscl";
    private static final String SERVER_SIDE = "jlvsrs";
    private static final List<String> REMEMBERED = List.of("connections", "templates", "fragments", "icmp_credits");

    private final Map<String, ForwardingMode> modes;
    private @Nullable Session session;

    public ProgramBench(KernelMode... modes) {
        this.modes = Stream.of(modes).collect(toMap(KernelMode::name, identity()));
    }

    /** The table with these services, each with its servers in turn. */
    public void apply(ServiceEntry... entries) {
        var plans = Stream.of(entries)
                .filter(entry -> !entry.servers().isEmpty())
                .collect(toMap(ServiceEntry::key, ProgramBench::inTurn));
        apply(new ForwardingTable(1, List.of(entries), modes, plans));
    }

    /** This table. */
    public void apply(ForwardingTable table) {
        session().director.run(() -> session().dataPath.apply(table));
    }

    /** The table with this service alone. */
    public void balance(ServiceKey service, String mode, Endpoint... servers) {
        apply(entry(
                VirtualService.of(service, "rr"),
                Stream.of(servers).map(server -> RealServer.of(server, mode, 1)).toArray(RealServer[]::new)));
    }

    public static ServiceEntry entry(VirtualService service, RealServer... servers) {
        return new ServiceEntry(service, List.of(servers));
    }

    private static Plan inTurn(ServiceEntry entry) {
        return new Plan.Cycle(
                entry.servers().stream()
                        .map(server -> new FakeServer(server.endpoint(), server.weight()))
                        .toList(),
                0);
    }

    /** What becomes of a frame that comes in. */
    public Outcome send(Packet packet) {
        return send(packet.frame());
    }

    /** The same; frames of the server's come in on the server's side, others on the client's. */
    public Outcome send(Frame frame) {
        return send(frame, 0);
    }

    /** The same with a firewall mark. */
    public Outcome send(Frame frame, int mark) {
        return session().run("ingress", frame, mark);
    }

    /** What the driver's program makes of it. */
    public Outcome sendExpress(Packet packet) {
        return sendExpress(packet.frame());
    }

    /** What the driver's program makes of it. */
    public Outcome sendExpress(Frame frame) {
        return session().runExpress(frame);
    }

    /** How many packets were dropped for a reason in this test. */
    public long drops(String reason) {
        return session().drops(reason) - session().dropsBefore.getOrDefault(reason, 0L);
    }

    /** The connections in the table by state. */
    public List<String> states() {
        return session().dataPath.connections().stream()
                .map(connection -> connection.state())
                .toList();
    }

    public EbpfDataPath dataPath() {
        return session().dataPath;
    }

    /** What has arrived at the other ends of the director's cables in this test, once it is so many frames. */
    public List<Frame> arrived(int count) {
        return session().wire.next(count);
    }

    /** Does something on the client, whose packets then come in as those of a real one. */
    public <T> T onClient(Callable<T> what) {
        return session().others.call(what);
    }

    private Session session() {
        return Objects.requireNonNull(session, "the bench is up within tests only");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var missing = EbpfDataPath.unavailable();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        session = new Session();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        session().forget();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (session != null) {
            session.close();
        }
    }

    /** The namespace and what is loaded in it. */
    private static final class Session implements AutoCloseable, Upcalls {

        final OwnNamespace director = new OwnNamespace();
        final OwnNamespace others = new OwnNamespace();
        final BenchPins pins = new BenchPins();
        final Wire wire;
        final EbpfDataPath dataPath;
        final Pipeline pipeline;
        final Pipeline driver;
        Map<String, Long> dropsBefore = Map.of();

        Session() {
            lay(CLIENT_SIDE, RecordedFrames.DIRECTOR_CLIENT_SIDE, RecordedFrames.CLIENT);
            lay(SERVER_SIDE, RecordedFrames.DIRECTOR_SERVER_SIDE, RecordedFrames.SERVER);
            director.sh("""
                    set -e
                    ip address add 10.0.0.1/24 dev jlvscl
                    ip address add 10.0.0.100/32 dev jlvscl
                    ip address add 10.0.1.1/24 dev jlvsrs
                    ip address add fd00::1/64 dev jlvscl nodad
                    ip address add fd00::100/128 dev jlvscl nodad
                    ip address add fd00:1::1/64 dev jlvsrs nodad
                    ip route add 10.0.1.14 dev jlvsrs mtu lock 1400
                    ip route add fd00:1::14 dev jlvsrs mtu lock 1400
                    for host in 10.0.0.2 fd00::2; do
                        ip neighbour add $host lladdr 02:00:00:00:0c:00 dev jlvscl
                    done
                    for host in 10.0.1.2 10.0.1.3 10.0.1.14 fd00:1::2 fd00:1::3 fd00:1::14; do
                        ip neighbour add $host lladdr 02:00:00:00:05:00 dev jlvsrs
                    done
                    """);
            others.sh("""
                    set -e
                    ip address add 10.0.0.2/24 dev jlvscl
                    ip address add fd00::2/64 dev jlvscl nodad
                    for vip in 10.0.0.100 fd00::100; do
                        ip neighbour add $vip lladdr 02:00:00:00:0d:00 dev jlvscl
                    done
                    """);
            wire = others.call(Wire::new);
            dataPath = director.call(() -> new EbpfDataPath(pins.options(CLIENT_SIDE, SERVER_SIDE), this));
            pipeline = pins.openPipeline("ingress", "egress", "reject", "inject", "schedule");
            driver = pins.openDriver(pipeline);
        }

        private void lay(String device, String mac, String otherMac) {
            director.connect(device, others, device);
            director.sh("ip link set " + device + " address " + mac);
            others.sh("ip link set " + device + " address " + otherMac);
        }

        Outcome run(String program, Frame frame, int mark) {
            return director.call(() -> {
                var result = pipeline.program(program).testRun(ProgramRun.packet(frame.bytes(), ifindex(frame), mark));
                return new Outcome(frame, result.verdict(), Frame.parse(result.packet()));
            });
        }

        Outcome runExpress(Frame frame) {
            return director.call(() -> {
                var result = driver.program("express").testRun(ProgramRun.packet(frame.bytes()));
                return new Outcome(frame, result.verdict(), Frame.parse(result.packet()));
            });
        }

        private static int ifindex(Frame frame) {
            var name = frame.get(Ethernet.class).source().equals(RecordedFrames.SERVER) ? SERVER_SIDE : CLIENT_SIDE;
            return NetDevice.all().stream()
                    .filter(device -> device.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .index();
        }

        void forget() {
            REMEMBERED.forEach(name -> clear(pipeline.map(name)));
            wire.clear();
            dropsBefore = dataPath.drops();
        }

        private static void clear(BpfMap map) {
            try (var arena = Arena.ofConfined()) {
                var key = arena.allocate(map.keySize(), 8);
                while (map.nextKey(null, key)) {
                    map.delete(key);
                }
            }
        }

        long drops(String reason) {
            return Objects.requireNonNull(dataPath.drops().get(reason), reason);
        }

        @Override
        public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
            answer.accept(new Decision.Refuse(RefusalReason.NO_SERVER));
        }

        @Override
        public void publish(JlvsEvent event) {}

        @Override
        public void close() {
            driver.close();
            pipeline.close();
            dataPath.close();
            wire.close();
            director.close();
            others.close();
            pins.close();
        }
    }
}
