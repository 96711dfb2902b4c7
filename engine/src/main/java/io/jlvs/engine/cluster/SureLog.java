package io.jlvs.engine.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jgroups.protocols.raft.FileBasedLog;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;

/**
 * What was agreed on, in files. The library's log takes an entry for written that it could not write, or only in
 * part: a director whose disk is full would say that it has what it has not. This one says that it is broken, and so does not answer.
 */
final class SureLog extends FileBasedLog {

    /** Is left free: a file system may be full before its last byte, and the metadata has to be written, too. */
    private static final long RESERVE = 1 << 20;

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
        if (!hasRoom(folder, RESERVE + entries.totalSize())) {
            throw failed("entry " + index + " has no room in " + folder);
        }
        var last = super.append(index, entries);
        if (!isThere(index, entries)) {
            // what was written in part would be read as an entry after the next start
            super.deleteAllEntriesStartingFrom(index);
            throw failed("entry " + index + " can't be written to " + folder);
        }
        return last;
    }

    private boolean isThere(long index, LogEntries entries) {
        var at = index;
        for (var entry : entries) {
            var read = get(at++);
            if (read == null || !Arrays.equals(bytes(entry), bytes(read))) {
                return false;
            }
        }
        return lastAppended() >= at - 1;
    }

    private static byte[] bytes(LogEntry entry) {
        return entry.length() == 0
                ? new byte[0]
                : Arrays.copyOfRange(entry.command(), entry.offset(), entry.offset() + entry.length());
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

    /** Whether there is room for the log to go on, with a margin, so that it does not break again at once. */
    static boolean hasRoom(Path folder) {
        return hasRoom(folder, 2 * RESERVE);
    }

    private static boolean hasRoom(Path folder, long bytes) {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= bytes;
        } catch (IOException e) {
            return false;
        }
    }
}
