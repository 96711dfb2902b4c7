package io.jlvs.engine.plugin;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is in the plugins folder in service. One jar is one plugin; a jar that appears, changes or goes is followed
 * under traffic, and whatever is wrong with one is an event and a status, never an end. All work on plugins is done on
 * one thread; what they offer is read from any.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

    /** How often the folder is looked at even if nobody says that it changed, in milliseconds. */
    private static final long HEARTBEAT = 2000;

    /** After how many milliseconds what does not change has settled for certain. */
    private static final long SETTLED = JarFolder.SETTLE.toMillis() + 20;

    private final Path folder;
    private final Path workFolder;
    private final Consumer<JlvsEvent> events;
    private final Duration patience;
    private final InstantSource clock = InstantSource.system();
    private final Failures failures = new Failures();
    private final JarLoader loader;
    private final Lifecycle lifecycle;
    private final AtomicBoolean lookPlanned = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable FolderWatch watch;

    /**
     * @param folder where the operator puts jars; made if it is not there
     * @param workFolder for copies of the jars in use; copies that an engine before left are deleted
     * @param options what schedulers and modes are told
     * @param events told what happens, on any thread
     * @param changed told on the plugin thread what the plugins offer from now on; when it returns nobody begins
     *     anew to use what is no longer offered
     */
    public PluginHost(
            Path folder,
            Path workFolder,
            PluginOptions options,
            UsedBy usedBy,
            Consumer<JlvsEvent> events,
            Consumer<Extensions> changed) {
        this(folder, workFolder, options, usedBy, events, changed, Duration.ofSeconds(10));
    }

    /** @param patience how long to wait for a plugin that does not return */
    PluginHost(
            Path folder,
            Path workFolder,
            PluginOptions options,
            UsedBy usedBy,
            Consumer<JlvsEvent> events,
            Consumer<Extensions> changed,
            Duration patience) {
        if (folder.toAbsolutePath()
                .normalize()
                .equals(workFolder.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("plugins and their work copies can't share the folder " + folder);
        }
        this.folder = folder;
        this.workFolder = workFolder;
        this.events = events;
        this.patience = patience;
        loader = new JarLoader(workFolder, options);
        var jars = new JarFolder(folder, clock);
        lifecycle = new Lifecycle(jars, loader, new Shelf(usedBy), failures, events, changed, clock);
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("jlvs-plugins").daemon().factory());
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Loads what is in the folder, then watches it. Blocks until all jars that are complete are loaded or rejected, but
     * not for long if one of them does not return.
     *
     * @throws UncheckedIOException if one of the folders can't be used
     */
    public void start() {
        try {
            Files.createDirectories(folder);
            loader.prepareFolder();
            watch = new FolderWatch(folder, this::planLook);
        } catch (IOException e) {
            throw new UncheckedIOException("plugins can't be loaded from " + folder + " by way of " + workFolder, e);
        }
        CompletableFuture.runAsync(this::look, thread)
                .thenRunAsync(this::look, CompletableFuture.delayedExecutor(SETTLED, TimeUnit.MILLISECONDS, thread))
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(PluginHost::startWithout)
                .join();
        thread.scheduleWithFixedDelay(this::look, HEARTBEAT, HEARTBEAT, TimeUnit.MILLISECONDS);
    }

    /** What all plugins offer now. */
    public Extensions extensions() {
        return lifecycle.extensions();
    }

    /** What became of each jar, by file name. */
    public List<PluginStatus> status() {
        return lifecycle.status();
    }

    /** How often each scheduler and mode has failed in service, by name, since the engine started. */
    public Map<String, Long> failures() {
        return failures.counts();
    }

    /** Takes note that a scheduler or mode threw or answered nonsense. Never blocks; any thread. */
    public void failed(Offer<?> offer, Throwable error) {
        if (failures.count(offer, error)) {
            events.accept(new PluginEvent.Failed(
                    clock.millis(), offer.jar(), offer.name(), RejectedException.describe(error)));
        }
    }

    /** Retires plugins that were kept only for services that no longer use them. Never blocks; any thread. */
    public void retireUnused() {
        thread.execute(() -> planLookIf(lifecycle.retireUnused()));
    }

    /** Unloads all plugins. Nothing is left of them, in memory or in the work folder. */
    @Override
    public void close() {
        thread.execute(this::unloadAll);
        try {
            if (watch != null) {
                watch.close();
            }
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a plugin does not let itself be unloaded; it is left alone");
                thread.shutdownNow();
            }
        } catch (IOException e) {
            LOG.warn("the watch on {} was not cleanly closed", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Void startWithout(Throwable why) {
        LOG.error("not all plugins are loaded: a constructor may not return. The engine starts without them", why);
        return null;
    }

    private void planLook() {
        if (lookPlanned.compareAndSet(false, true)) {
            thread.schedule(this::look, SETTLED, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        lookPlanned.set(false);
        planLookIf(lifecycle.look());
    }

    private void planLookIf(boolean wanted) {
        if (wanted) {
            planLook();
        }
    }

    private void unloadAll() {
        lifecycle.end();
        thread.shutdownNow(); // no look that is still planned may load anything again
    }
}
