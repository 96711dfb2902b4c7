package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.DataPathFigures;
import io.jlvs.api.datapath.DataPathFigures.Fill;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the kernel path does itself: its tables, its queues, its sweeps. */
final class KernelFigures {

    private final Pipeline pipeline;
    private final BpfMap drops;
    private final Inventory inventory;
    private final Sweeper sweeper;

    KernelFigures(Pipeline pipeline, Inventory inventory, Sweeper sweeper) {
        this.pipeline = pipeline;
        this.drops = pipeline.map("drops");
        this.inventory = inventory;
        this.sweeper = sweeper;
    }

    /** Packets that were lost, by reason. */
    Map<String, Long> drops() {
        var lost = new LinkedHashMap<String, Long>();
        Counters.drops(drops).forEach((drop, packets) -> {
            if (drop.isLoss()) {
                lost.put(drop.lowerName(), packets);
            }
        });
        return lost;
    }

    DataPathFigures read() {
        var counted = Counters.drops(drops);
        var found = sweeper.found();
        return new DataPathFigures(
                Map.of(
                        "connections", fill(found.connections(), "connections"),
                        "templates", fill(found.templates(), "templates"),
                        "services", fill(inventory.services().size(), "services"),
                        "servers", fill(inventory.servers().size(), "servers")),
                Map.of(
                        "events",
                        counted.getOrDefault(Drop.EVENT_LOST, 0L),
                        "asks",
                        counted.getOrDefault(Drop.ASK_LOST, 0L)),
                counted.getOrDefault(Drop.ASKED, 0L),
                sweeper.durations());
    }

    private Fill fill(long entries, String map) {
        return new Fill(entries, pipeline.map(map).maxEntries());
    }
}
