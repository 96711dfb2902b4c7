package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Tables.WEB;
import static io.jlvs.datapath.ebpf.Tables.cycle;
import static io.jlvs.datapath.ebpf.Tables.endpoint;
import static io.jlvs.datapath.ebpf.Tables.planned;
import static io.jlvs.datapath.ebpf.Tables.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServerId;
import io.jlvs.api.datapath.ConnectionFeed;
import io.jlvs.api.datapath.SyncedConnection;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.NetDevice;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What docs/cluster-sync.md says that following and taking cost: {@code -Djlvs.measure=true}. */
@EnabledIfSystemProperty(named = "jlvs.measure", matches = "true")
class SyncCostTest {

    private static final Logger LOG = LoggerFactory.getLogger(SyncCostTest.class);
    private static final int CONNECTIONS = 100_000;
    private static final int ROUNDS = 10;
    private static final int PACKETS = 1_000_000;

    @Test
    void costOfAHundredThousandConnections() {
        try (var directors = new Directors()) {
            var small = directors.options;
            directors.options = new EbpfOptions(List.of(), small.pins(), false, 262_144, 16, 16, true, true, Map.of());
            try (var dataPath = directors.start()) {
                dataPath.apply(planned(web(1, 2), cycle(1, 2)));
                var entries = entries();
                for (int round = 0; round < 5; round++) {
                    LOG.info("take: {} ms of CPU for {}", cpuMillis(() -> dataPath.take(entries)), CONNECTIONS);
                }
                assertThat(dataPath.load(new ServerId(WEB, endpoint(1))).active())
                        .isEqualTo(CONNECTIONS);
                for (int round = 0; round < 5; round++) {
                    tellAll(dataPath);
                }
                packets(directors, dataPath);
            }
        }
    }

    private static List<SyncedEntry> entries() {
        var entries = new ArrayList<SyncedEntry>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var client = Endpoint.of("10.7." + i / 40_000 + ".1", 1024 + i % 40_000);
            entries.add(new SyncedConnection(
                    WEB,
                    new Flow(Protocol.TCP, client, Endpoint.of(Directors.VIP, 80)),
                    client,
                    endpoint(1),
                    "pass",
                    1,
                    true,
                    Duration.ZERO,
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(1)));
        }
        return entries;
    }

    /** A dump runs on the thread of the data path: its CPU is what the process needs meanwhile, less the idle need. */
    private static void tellAll(EbpfDataPath dataPath) {
        var told = new AtomicInteger();
        try (var feed = dataPath.follow(entries -> told.addAndGet(entries.size()))) {
            var began = System.nanoTime();
            var cpu = processCpuMillis();
            feed.tellAll();
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> told.get() >= CONNECTIONS);
            LOG.info(
                    "tell: {} ms of CPU, {} ms for {}",
                    processCpuMillis() - cpu,
                    (System.nanoTime() - began) / 1_000_000,
                    told);
        }
    }

    private static void packets(Directors directors, EbpfDataPath dataPath) {
        try (var pipeline = Pipeline.ofTrafficControl(
                Programs.read("pipeline.tc.bpf.o"),
                List.of("ingress", "gather"),
                Map.of(),
                new Pins(directors.options.pins()))) {
            directors.director.run(() -> {
                var ingress = pipeline.program("ingress");
                int device = NetDevice.all().stream()
                        .filter(d -> d.name().equals("jlvs0"))
                        .findFirst()
                        .orElseThrow()
                        .index();
                ingress.testRun(
                        ProgramRun.packet(Conversation.TCP4.opening().frame().bytes(), device, 0));
                var packet = ProgramRun.packet(
                                Conversation.TCP4.following().frame().bytes(), device, 0)
                        .repeated(PACKETS);
                ingress.testRun(packet);
                alternate(dataPath, ingress, packet);
            });
            var gather = pipeline.program("gather");
            for (int round = 0; round < 5; round++) {
                LOG.info(
                        "gather: {} ms of CPU for nothing new of {}",
                        cpuMillis(() -> gather.testRun(ProgramRun.call(new byte[32]))),
                        CONNECTIONS);
            }
        }
    }

    private static void alternate(EbpfDataPath dataPath, BpfProgram ingress, ProgramRun packet) {
        var without = new int[ROUNDS];
        var with = new int[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = ingress.testRun(packet).nanos();
            try (ConnectionFeed feed = dataPath.follow(entries -> {})) {
                feed.tellAll();
                with[round] = ingress.testRun(packet).nanos();
            }
        }
        Arrays.sort(without);
        Arrays.sort(with);
        LOG.info(
                "a packet: {} ns without, {} ns while followed (medians), least {} and {}",
                without[ROUNDS / 2],
                with[ROUNDS / 2],
                without[0],
                with[0]);
    }

    private static double cpuMillis(Runnable what) {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        what.run();
        return (threads.getCurrentThreadCpuTime() - before) / 1e6;
    }

    private static long processCpuMillis() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    }
}
