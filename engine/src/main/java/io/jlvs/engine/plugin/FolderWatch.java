package io.jlvs.engine.plugin;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;

/** Calls when something in a folder changed. */
final class FolderWatch implements AutoCloseable {

    private final WatchService watcher;
    private final Runnable changed;

    /**
     * @param changed called on a thread of the watch
     * @throws IOException if the folder can't be watched
     */
    FolderWatch(Path folder, Runnable changed) throws IOException {
        this.changed = changed;
        watcher = folder.getFileSystem().newWatchService();
        folder.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        Thread.ofVirtual().name("jlvs-plugins-watch").start(this::watch);
    }

    private void watch() {
        try {
            boolean valid = true;
            while (valid) {
                var key = watcher.take();
                key.pollEvents();
                valid = key.reset();
                changed.run();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // closed: nothing left to watch
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
