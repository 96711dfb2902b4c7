package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.SYNCED_CONNECTION;
import static io.jlvs.datapath.ebpf.Layouts.SYNCED_TEMPLATE;
import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.offset;

import io.jlvs.api.datapath.ConnectionFeed;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.Sysctl;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import io.jlvs.datapath.ebpf.libbpf.ProgramRun;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Finds what other directors are to be told. The program "gather" goes over the tables, a few times a second, and puts
 * what is new into arrays that are read here as memory; packets know nothing of it.
 */
final class Following implements ConnectionFeed {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int REST = 20; // times as long as the work took
    private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();

    /** {@code struct gather}. */
    private static final int CONTEXT = 32;

    private static final int SECOND = 8;
    private static final int ELAPSED = 12;
    private static final int FLAGS = 16;
    private static final int CONNECTIONS = 20;
    private static final int TEMPLATES = 24;
    private static final int TEMPLATES_ONLY = 0x1;

    private static final long FLOW = offset(SYNCED_CONNECTION, "flow");
    private static final long CONNECTION = offset(SYNCED_CONNECTION, "connection");
    private static final long TEMPLATE = offset(SYNCED_TEMPLATE, "template");

    private final SyncedTable table;
    private final Settings settings;
    private final Consumer<List<SyncedEntry>> follower;
    private final BpfProgram gather;
    private final MemorySegment connections;
    private final MemorySegment templates;
    private final AtomicBoolean all = new AtomicBoolean();
    private final Repeater repeater;
    private long lastSecond = seconds();
    private long restUntil = MonotonicClock.now();

    Following(Kernel kernel, Inventory inventory, Settings settings, Consumer<List<SyncedEntry>> follower) {
        this.table = new SyncedTable(kernel, inventory, settings);
        this.settings = settings;
        this.follower = follower;
        this.gather = kernel.pipeline().program("gather");
        this.connections = kernel.map("sync_connections").mapped();
        this.templates = kernel.map("sync_templates").mapped();
        this.repeater = new Repeater("jlvs-follow", EVERY, this::tellNews);
    }

    @Override
    public void tellAll() {
        all.set(true);
    }

    /** A large table is gone over less often, so that following takes a twentieth of a processor. */
    private void tellNews() {
        if (all.getAndSet(false)) {
            table.everything(follower);
        }
        var began = MonotonicClock.now();
        if (began < restUntil) {
            return;
        }
        var second = seconds();
        gather((int) second, (int) (second - lastSecond));
        lastSecond = second;
        restUntil = began + Math.min(LONGEST_REST, REST * (MonotonicClock.now() - began));
    }

    private void gather(int second, int elapsed) {
        var context = MemorySegment.ofArray(new byte[CONTEXT]);
        context.set(U32, SECOND, second);
        context.set(U32, ELAPSED, elapsed);
        context.set(U32, FLAGS, settings.sysctls().isOn(Sysctl.SYNC_PERSIST_MODE) ? TEMPLATES_ONLY : 0);
        var run = gather.testRun(ProgramRun.call(context.toArray(Layouts.U8)));
        var found = MemorySegment.ofArray(run.context());
        var entries = read(found.get(U32, CONNECTIONS), found.get(U32, TEMPLATES));
        if (!entries.isEmpty()) {
            follower.accept(entries);
        }
    }

    private List<SyncedEntry> read(int connectionCount, int templateCount) {
        var entries = new ArrayList<SyncedEntry>(connectionCount + templateCount);
        var now = MonotonicClock.now();
        for (int i = 0; i < templateCount; i++) {
            var from = templates.asSlice(i * SYNCED_TEMPLATE.byteSize(), SYNCED_TEMPLATE.byteSize());
            table.add(entries, from, from.asSlice(TEMPLATE), now);
        }
        for (int i = 0; i < connectionCount; i++) {
            var from = connections.asSlice(i * SYNCED_CONNECTION.byteSize(), SYNCED_CONNECTION.byteSize());
            table.add(entries, FlowKey.read(from, FLOW), from.asSlice(CONNECTION), now);
        }
        return entries;
    }

    private static long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(MonotonicClock.now());
    }

    @Override
    public void close() {
        repeater.close();
    }
}
