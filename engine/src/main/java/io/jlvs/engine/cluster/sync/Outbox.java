package io.jlvs.engine.cluster.sync;

import io.jlvs.api.datapath.SyncedEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages of entries and sends them from a thread of its own: when one is full, or its first entry has waited long
 * enough. What the transport does not take in time waits here, up to a limit; then the oldest goes.
 */
final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** Bytes of a message: below what transports must cut up. */
    static final int MESSAGE = 32 * 1024;

    /** Messages that wait: 8 MiB. */
    static final int WAITING = 256;

    private static final Duration LINGER = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    final LongAdder messages = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder dropped = new LongAdder();

    private final Consumer<byte[]> send;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final Thread sender;
    private @Nullable Batch filling;
    private boolean closed;

    /** A message that is being written, and when it was begun. */
    private record Batch(SyncWriter writer, long begun) {}

    Outbox(Consumer<byte[]> send) {
        this.send = send;
        this.sender = Thread.ofPlatform().daemon().name("jlvs-sync").start(this::run);
    }

    /** Takes entries for messages of a syncid. Waits a while for room when there is none. */
    void add(List<? extends SyncedEntry> entries, int syncId) {
        lock.lock();
        try {
            for (var entry : entries) {
                if (filling == null) {
                    filling = new Batch(new SyncWriter(MESSAGE, syncId), System.nanoTime());
                }
                filling.writer().add(entry);
                if (filling.writer().isFull()) {
                    enqueue();
                }
            }
            if (filling != null) {
                changed.signalAll();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue() throws InterruptedException {
        awaitRoom();
        if (waiting.size() >= WAITING) {
            dropped.add(waiting.remove().writer().records());
        }
        if (filling != null) {
            waiting.add(filling);
            filling = null;
        }
        changed.signalAll();
    }

    private void awaitRoom() throws InterruptedException {
        long left = PATIENCE.toNanos();
        while (waiting.size() >= WAITING && left > 0 && !closed) {
            left = changed.awaitNanos(left);
        }
    }

    private void run() {
        try {
            for (var batch = next(); batch != null; batch = next()) {
                send(batch);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next message to send; null at the end. */
    private @Nullable Batch next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var ready = ready();
                if (ready != null) {
                    changed.signalAll();
                    return ready;
                }
                var _ = changed.await(filling == null ? Long.MAX_VALUE : lingers(filling), TimeUnit.NANOSECONDS);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Batch ready() {
        var full = waiting.poll();
        if (full != null || filling == null || lingers(filling) > 0) {
            return full;
        }
        var begun = filling;
        filling = null;
        return begun;
    }

    private static long lingers(Batch batch) {
        return LINGER.toNanos() - (System.nanoTime() - batch.begun());
    }

    private void send(Batch batch) {
        var message = batch.writer().message();
        SyncWriter.held(message, Duration.ofNanos(System.nanoTime() - batch.begun()));
        try {
            send.accept(message);
            messages.increment();
            bytes.add(message.length);
            sent.add(batch.writer().records());
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} connections were not sent to the other directors",
                    batch.writer().records(),
                    e);
            dropped.add(batch.writer().records());
        }
    }

    /** What waits is not sent any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        sender.interrupt();
    }
}
