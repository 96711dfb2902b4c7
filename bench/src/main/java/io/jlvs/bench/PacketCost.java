package io.jlvs.bench;

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
import io.jlvs.api.testing.packet.Packet;
import io.jlvs.api.testing.packet.TcpFlag;
import io.jlvs.datapath.ebpf.EbpfDataPath;
import io.jlvs.datapath.ebpf.EbpfOptions;
import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import io.jlvs.datapath.ebpf.libbpf.TcFilter;
import io.jlvs.plugin.dr.Dr;
import io.jlvs.plugin.nat.Nat;
import io.jlvs.plugin.tun.Tun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Prints how long the programs take for one packet, as a table: the median of many runs (BPF_PROG_TEST_RUN), less that of
 * an empty program, whose runs alternate with theirs. Flows are drawn at random. A single run has everything cold, the
 * program too: the time between two runs is spent in this process. A row of runs on one packet shows the program as it is
 * on a director that has traffic, its flow's entry warm. An encapsulated packet can't be run again.
 *
 * <p>The VIP of nat is its server's own address: translated the packet is the same, and can be run again. Runs in a
 * network of its own, where the server 10.9.1.2 can be reached: see {@code bench/packet-cost}.
 */
public final class PacketCost {

    private static final int FLOWS = 50_000;
    private static final int RUNS = 20_000;
    private static final int ROW = 200; // below the TTL, which each run lowers
    private static final String SERVER = "10.9.1.2";
    private static final String VIP = SERVER;
    private static final List<KernelMode> MODES = List.of(new Nat(), new Dr(), new Tun());

    private final BpfProgram ingress;
    private final BpfProgram empty;
    private final Random random = new Random(1);

    private PacketCost(BpfProgram ingress, BpfProgram empty) {
        this.ingress = ingress;
        this.empty = empty;
    }

    /** {@code PacketCost PINS INTERFACE}. */
    public static void main(String[] words) throws IOException {
        var defaults = EbpfOptions.DEFAULTS;
        var options = new EbpfOptions(
                List.of(words[1]), Path.of(words[0]), false, defaults.maxConnections(), 16, 16, false, false, Map.of());
        try (var dataPath = new EbpfDataPath(options, new Nobody());
                var object = BpfObject.open("empty", read("/bpf/empty.tc.bpf.o"))) {
            dataPath.apply(table());
            object.load();
            try (var ingress = attachedTo(words[1]);
                    var empty = object.program("empty")) {
                new PacketCost(ingress, empty).print();
            }
            dataPath.flush();
        }
    }

    private void print() {
        System.out.println("| | first packet | established, alone | established, in a row |");
        System.out.println("| --- | --- | --- | --- |");
        for (int i = 0; i < MODES.size(); i++) {
            var mode = MODES.get(i).name();
            var port = 80 + i;
            var first = measured(flow -> packet(flow, port, TcpFlag.SYN), run -> run, 1);
            for (int flow = 0; flow < FLOWS; flow++) {
                ingress.testRun(ProgramRun.packet(packet(flow, port, TcpFlag.SYN)));
                ingress.testRun(ProgramRun.packet(packet(flow, port, TcpFlag.ACK)));
            }
            var alone = measured(flow -> packet(flow, port, TcpFlag.ACK), _ -> random.nextInt(FLOWS), 1);
            var inARow = mode.equals("tun")
                    ? "-"
                    : measured(flow -> packet(flow, port, TcpFlag.ACK), _ -> random.nextInt(FLOWS), ROW) + " ns";
            System.out.printf(Locale.ROOT, "| %s | %d ns | %d ns | %s |%n", mode, first, alone, inARow);
        }
    }

    /** The median of many runs, each of so many on the packet of one flow, less the empty program's. */
    private int measured(IntFunction<byte[]> packets, IntUnaryOperator flows, int repeat) {
        var taken = new int[RUNS];
        var nothing = new int[RUNS];
        for (int run = 0; run < RUNS; run++) {
            var packet = ProgramRun.packet(packets.apply(flows.applyAsInt(run))).repeated(repeat);
            nothing[run] = empty.testRun(packet).nanos();
            var result = ingress.testRun(packet);
            if (result.verdict() != 7) { // TC_ACT_REDIRECT
                throw new IllegalStateException("the packet was not forwarded: verdict " + result.verdict());
            }
            taken[run] = result.nanos();
        }
        return median(taken) - median(nothing);
    }

    private static int median(int[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static byte[] packet(int flow, int port, TcpFlag flag) {
        var client = "10.%d.%d.%d".formatted(64 + (flow >> 16), flow >> 8 & 0xff, flow & 0xff);
        return Packet.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02")
                .ipv4(client, VIP)
                .ttl(255)
                .df()
                .tcp(40000, port)
                .flags(flag)
                .payloadOfLength(0)
                .bytes();
    }

    private static ForwardingTable table() {
        var entries = new ArrayList<ServiceEntry>();
        var plans = new HashMap<ServiceKey, Plan>();
        var modes = new HashMap<String, ForwardingMode>();
        for (int i = 0; i < MODES.size(); i++) {
            var key = ServiceKey.tcp(VIP, 80 + i);
            var server = RealServer.of(Endpoint.of(SERVER, 80 + i), MODES.get(i).name(), 1);
            entries.add(new ServiceEntry(VirtualService.of(key, "rr"), List.of(server)));
            plans.put(key, new Plan.Cycle(List.of(new FakeServer(server.endpoint(), 1)), 0));
            modes.put(MODES.get(i).name(), MODES.get(i));
        }
        return new ForwardingTable(1, entries, modes, plans);
    }

    private static BpfProgram attachedTo(String device) {
        int index = NetDevice.all().stream()
                .filter(one -> one.name().equals(device))
                .findFirst()
                .orElseThrow()
                .index();
        return BpfProgram.byId(new TcFilter(index, TcFilter.Direction.INGRESS, 0x4a4c, 10).programId());
    }

    private static byte[] read(String resource) throws IOException {
        try (var in = Objects.requireNonNull(PacketCost.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }

    /** All services have plans: nobody is asked. */
    private static final class Nobody implements Upcalls {

        @Override
        public void schedule(ConnectionRequested request, Consumer<Decision> answer) {
            answer.accept(new Decision.Refuse(RefusalReason.NO_SCHEDULER));
        }

        @Override
        public void publish(JlvsEvent event) {}
    }
}
