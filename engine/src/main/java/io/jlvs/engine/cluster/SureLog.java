package io.jlvs.engine.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.LogEntries;

/**
 * What was agreed on, in files. The library's log takes an entry for written that it could not write: a director whose
 * disk is full would say that it has what it has not. This one says that it is broken, and so does not answer.
 */
final class SureLog extends FileBasedLog {

    /** More than an entry and the metadata take. */
    private static final int PROBE = 1 << 20;

    private final Path folder;
    private final Consumer<String> broken;

    /**
     * Opens it.
     *
     * @param broken is told when something can't be written, on the thread that tried
     */
    SureLog(Path folder, Consumer<String> broken) throws Exception {
        this.folder = folder;
        this.broken = broken;
        init(folder.toString(), Map.of());
    }

    @Override
    public long append(long index, LogEntries entries) {
        var wanted = index + entries.size() - 1;
        var last = super.append(index, entries);
        if (last < wanted) {
            throw failed("entries " + index + " to " + wanted + " can't be written to " + folder);
        }
        return last;
    }

    /** Is on the disk when this returns: what it stands for is removed from the log then. */
    @Override
    public void setSnapshot(ByteBuffer snapshot) {
        try {
            super.setSnapshot(snapshot);
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    force(file);
                }
            }
            force(folder);
        } catch (IOException | RuntimeException e) {
            throw failed("a snapshot can't be written to " + folder + ": " + e);
        }
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private IllegalStateException failed(String what) {
        broken.accept(what);
        return new IllegalStateException(what);
    }

    /** Whether there is room in a folder for the log to go on. */
    static boolean hasRoom(Path folder) {
        var probe = folder.resolve("probe");
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.allocate(PROBE);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            remove(probe);
        }
    }

    private static void remove(Path probe) {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
