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

    /** {@code struct gather}. */
    private static final int CONTEXT = 48;

    private static final int SECOND = 8;
    private static final int ELAPSED = 12;
    private static final int SLICE = 16;
    private static final int SLICES = 20;
    private static final int FLAGS = 24;
    private static final int CONNECTIONS = 28;
    private static final int TEMPLATES = 32;
    private static final int TEMPLATES_ONLY = 0x1;

    private static final long FLOW = offset(SYNCED_CONNECTION, "flow");
    private static final long CONNECTION = offset(SYNCED_CONNECTION, "connection");
    private static final long TEMPLATE = offset(SYNCED_TEMPLATE, "template");

    private final Inventory inventory;
    private final Modes modes;
    private final Sweeper sweeper;
    private final Settings settings;
    private final Consumer<List<SyncedEntry>> follower;
    private final BpfProgram gather;
    private final MemorySegment connections;
    private final MemorySegment templates;
    private final AtomicBoolean all = new AtomicBoolean();
    private final Repeater repeater;
    private long lastSecond = seconds();

    Following(
            Kernel kernel,
            Inventory inventory,
            Sweeper sweeper,
            Settings settings,
            Consumer<List<SyncedEntry>> follower) {
        this.inventory = inventory;
        this.modes = kernel.modes();
        this.sweeper = sweeper;
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

    private void tellNews() {
        if (all.getAndSet(false)) {
            tellEverything();
        }
        var second = seconds();
        tell((int) (second - lastSecond), 0, 0);
        lastSecond = second;
    }

    /** In slices of which each fits into the arrays, also when they are not even. */
    private void tellEverything() {
        var found = sweeper.found();
        var slices = 1
                + 2 * found.connections() * SYNCED_CONNECTION.byteSize() / connections.byteSize()
                + 2 * found.templates() * SYNCED_TEMPLATE.byteSize() / templates.byteSize();
        for (int slice = 0; slice < slices; slice++) {
            tell(0, slice, (int) slices);
        }
    }

    private void tell(int elapsed, int slice, int slices) {
        var context = MemorySegment.ofArray(new byte[CONTEXT]);
        context.set(U32, SECOND, (int) seconds());
        context.set(U32, ELAPSED, elapsed);
        context.set(U32, SLICE, slice);
        context.set(U32, SLICES, slices);
        context.set(U32, FLAGS, settings.sysctls().isOn(Sysctl.SYNC_PERSIST_MODE) ? TEMPLATES_ONLY : 0);
        var run = gather.testRun(ProgramRun.call(context.toArray(Layouts.U8)));
        var found = MemorySegment.ofArray(run.context());
        var entries = read(found.get(U32, CONNECTIONS), found.get(U32, TEMPLATES));
        if (!entries.isEmpty()) {
            follower.accept(entries);
        }
    }

    /** Templates first: so it is no other director's own decision that a connection with a template follows. */
    private List<SyncedEntry> read(int connectionCount, int templateCount) {
        var entries = new ArrayList<SyncedEntry>(connectionCount + templateCount);
        var now = MonotonicClock.now();
        for (int i = 0; i < templateCount; i++) {
            var from = templates.asSlice(i * SYNCED_TEMPLATE.byteSize(), SYNCED_TEMPLATE.byteSize());
            var template = TemplateRecord.readSynced(from, from.asSlice(TEMPLATE), inventory, now);
            if (template != null) {
                entries.add(template);
            }
        }
        for (int i = 0; i < connectionCount; i++) {
            var from = connections.asSlice(i * SYNCED_CONNECTION.byteSize(), SYNCED_CONNECTION.byteSize());
            var connection = ConnectionRecord.readSynced(
                    FlowKey.read(from, FLOW), from.asSlice(CONNECTION), inventory, modes, now);
            if (connection != null) {
                entries.add(connection);
            }
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
