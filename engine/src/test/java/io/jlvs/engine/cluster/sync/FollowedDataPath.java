package io.jlvs.engine.cluster.sync;

import static java.util.Objects.requireNonNull;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.VirtualService;
import io.jlvs.api.datapath.ConnectionFeed;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.datapath.ForwardingTable;
import io.jlvs.api.datapath.ServerLoad;
import io.jlvs.api.datapath.SyncedEntry;
import io.jlvs.api.datapath.Taken;
import io.jlvs.api.datapath.TrafficSnapshot;
import io.jlvs.api.testing.FakeDataPath;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what a test says, and remembers what it has taken. */
final class FollowedDataPath implements DataPath {

    final List<SyncedEntry> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger dumps = new AtomicInteger();
    private final DataPath rest = new FakeDataPath();
    private volatile @Nullable Consumer<List<SyncedEntry>> follower;

    void tell(List<SyncedEntry> entries) {
        requireNonNull(follower).accept(entries);
    }

    boolean isFollowed() {
        return follower != null;
    }

    @Override
    public ConnectionFeed follow(Consumer<List<SyncedEntry>> next) {
        follower = next;
        return new ConnectionFeed() {
            @Override
            public void tellAll() {
                dumps.incrementAndGet();
            }

            @Override
            public void close() {
                follower = null;
            }
        };
    }

    @Override
    public Taken take(List<? extends SyncedEntry> entries) {
        taken.addAll(entries);
        return new Taken(entries.size(), 0, 0);
    }

    @Override
    public DataPathKind kind() {
        return rest.kind();
    }

    @Override
    public @Nullable String unsupported(VirtualService service) {
        return null;
    }

    @Override
    public @Nullable String unsupported(VirtualService service, RealServer server) {
        return null;
    }

    @Override
    public void apply(ForwardingTable table) {}

    @Override
    public ServerLoad load(ServerId server) {
        return rest.load(server);
    }

    @Override
    public TrafficSnapshot traffic() {
        return rest.traffic();
    }

    @Override
    public void close() {}
}
