package io.jlvs.engine.cluster.sync;

import io.jlvs.api.datapath.ConnectionFeed;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.api.datapath.SyncedEntry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other directors of this one's connections, and takes theirs, so that a flow goes on when another director gets
 * its packets. It knows nothing of the way in between: messages go out by a function and come in by {@link #received}.
 */
public final class ConnectionSync implements SyncSwitch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSync.class);
    private static final int ANY = 0;

    private final DataPath dataPath;
    private final boolean always;
    private final Outbox outbox;
    private final LongAdder received = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder older = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    /** The syncid of each role that is on. Replaced as a whole. */
    private volatile Map<Role, Integer> on = Map.of();

    private @Nullable ConnectionFeed feed;
    private boolean closed;

    /**
     * @param send brings a message to all other directors; called from one thread, may block, may throw
     * @param always whether both roles are on without being started, with syncid 0
     */
    public ConnectionSync(DataPath dataPath, Consumer<byte[]> send, boolean always) {
        this.dataPath = dataPath;
        this.always = always;
        this.outbox = new Outbox(send);
        if (always) {
            stop(Role.MASTER);
            stop(Role.BACKUP);
        }
    }

    @Override
    public synchronized boolean start(Role role, int syncId) {
        var next = new EnumMap<Role, Integer>(Role.class);
        next.putAll(on);
        next.put(role, syncId);
        use(next);
        return true;
    }

    @Override
    public synchronized void stop(Role role) {
        var next = new EnumMap<Role, Integer>(Role.class);
        next.putAll(on);
        next.remove(role);
        if (always) {
            next.put(role, ANY);
        }
        use(next);
    }

    private void use(Map<Role, Integer> next) {
        on = Map.copyOf(next);
        if (on.containsKey(Role.MASTER) && feed == null && !closed) {
            feed = dataPath.follow(this::tell);
            feed.tellAll();
        } else if (!on.containsKey(Role.MASTER)) {
            endFeed();
        }
    }

    private void endFeed() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
    }

    private void tell(List<SyncedEntry> entries) {
        var syncId = on.get(Role.MASTER);
        if (syncId != null) {
            outbox.add(entries, syncId);
        }
    }

    /** Another director has come, or come back: it is told everything. Returns at once. */
    public synchronized void joined() {
        if (feed != null) {
            feed.tellAll();
        }
    }

    /** A message of another director. Any thread; takes about a microsecond for each connection in it. */
    public void received(byte[] message) {
        received.increment();
        try {
            take(SyncReader.read(message));
        } catch (SyncFormatException e) {
            malformed.increment();
            LOG.warn("{}: nothing of it is taken", e.getMessage());
        }
    }

    private void take(SyncReader.Message message) {
        var syncId = on.get(Role.BACKUP);
        if (syncId == null || (syncId != ANY && syncId != message.syncId())) {
            filtered.increment();
            return;
        }
        var done = dataPath.take(message.entries());
        taken.add(done.taken());
        older.add(done.older());
        leftOut.add(done.leftOut() + message.skipped());
    }

    public SyncFigures figures() {
        return new SyncFigures(
                outbox.messages.sum(),
                outbox.sent.sum(),
                outbox.bytes.sum(),
                received.sum(),
                taken.sum(),
                older.sum(),
                leftOut.sum(),
                filtered.sum(),
                malformed.sum(),
                outbox.dropped.sum());
    }

    /** Sends and takes nothing more. To be closed before the data path. */
    @Override
    public void close() {
        outbox.close();
        synchronized (this) {
            closed = true;
            on = Map.of();
            endFeed();
        }
    }
}
