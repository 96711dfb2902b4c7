package io.jlvs.engine.registry;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the desired state in {@code state.json}. The file is replaced as a whole, so a crash leaves the old state or the
 * new one. One thread writes: always the newest state, and again every second while writing fails.
 */
public final class FileStateStore implements StateStore {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Consumer<JlvsEvent> events;
    private final InstantSource clock;
    private final Thread writer =
            Thread.ofPlatform().daemon().name("jlvs-state").unstarted(this::writeUntilClosed);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Configuration newest = Configuration.EMPTY;
    private long handedOver;
    private long tried;
    private long saved;
    private @Nullable IOException failure;
    private boolean closed;

    /**
     * Makes the folder when it is missing.
     *
     * @throws UncheckedIOException if the folder can't be used
     */
    public FileStateStore(Path folder, Consumer<JlvsEvent> events, InstantSource clock) {
        this.file = folder.resolve("state.json");
        this.events = events;
        this.clock = clock;
        requireUsable(folder);
        writer.start();
    }

    /**
     * {@inheritDoc} A file that makes no sense is moved aside and told as {@link DirectorEvent.StateSetAside}.
     *
     * @throws UncheckedIOException if the file is there but can't be read
     */
    @Override
    public Configuration load() {
        try {
            return StateFile.decode(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Configuration.EMPTY;
        } catch (IllegalArgumentException e) {
            setAside(String.valueOf(e.getMessage()));
            return Configuration.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the saved state " + file + ": " + reason(e), e);
        }
    }

    @Override
    public void write(Configuration configuration) {
        lock.lock();
        try {
            newest = configuration;
            handedOver++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitSaved() {
        lock.lock();
        try {
            var mine = handedOver;
            while (tried < mine) {
                changed.awaitUninterruptibly();
            }
            if (saved < mine && failure != null) {
                throw notSaved(failure);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            handedOver += saved < handedOver ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        lock.lock();
        try {
            while (awaitWork()) {
                writeNewest();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody knows this thread to interrupt it", e);
        } finally {
            lock.unlock();
        }
    }

    /** False when there will be no more work. What could not be written is work again after a while. */
    private boolean awaitWork() throws InterruptedException {
        var nanos = RETRY.toNanos();
        while (tried == handedOver && !closed) {
            if (saved == handedOver) {
                changed.await();
            } else if (nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            } else {
                return true;
            }
        }
        return tried < handedOver;
    }

    private void writeNewest() {
        var state = newest;
        var turn = handedOver;
        var error = writeUnlocked(state);
        tried = turn;
        saved = error == null ? turn : saved;
        failure = error;
        changed.signalAll();
    }

    private @Nullable IOException writeUnlocked(Configuration state) {
        lock.unlock();
        try {
            StateFile.write(file, state);
            return null;
        } catch (IOException e) {
            return e;
        } finally {
            lock.lock();
        }
    }

    private void setAside(String reason) {
        var aside = file.resolveSibling("state.json.corrupt-" + STAMP.format(clock.instant()));
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " is no saved state (" + reason + ") and can't be moved aside: " + reason(e), e);
        }
        events.accept(new DirectorEvent.StateSetAside(clock.millis(), aside.toString(), reason));
    }

    private CommandException notSaved(IOException e) {
        return new CommandException(
                ErrorCode.NOT_SAVED,
                "the change is in effect, but a restart would lose it: can't write " + file + ": " + reason(e)
                        + ". Check free space and permissions of the folder; writing is tried again every second",
                e);
    }

    private static void requireUsable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw unusable(folder, new IOException("no permission to write"));
        }
    }

    private static UncheckedIOException unusable(Path folder, IOException e) {
        return new UncheckedIOException(
                "can't use the state folder " + folder + ": " + reason(e)
                        + ". Make it a folder that this user may write, or set state.folder in jlvs.yaml",
                e);
    }

    /** The class often says more than the message, which may be a path alone. */
    private static String reason(IOException e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
