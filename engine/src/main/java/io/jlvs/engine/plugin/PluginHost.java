package io.jlvs.engine.plugin;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Runnable changed;
    private final InstantSource clock = InstantSource.system();
    private final JarFolder jars;
    private final Shelf shelf;
    private final Failures failures = new Failures();
    private final AtomicBoolean lookPlanned = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable JarLoader loader;
    private @Nullable FolderWatch watch;
    private volatile Extensions extensions = Extensions.NONE;
    private volatile List<PluginStatus> status = List.of();

    /**
     * @param folder where the operator puts jars; made if it is not there
     * @param workFolder for copies of the jars in use; what is in it is deleted
     * @param events told what happens, on any thread
     * @param changed called on the plugin thread after {@link #extensions} has changed; when it returns nobody begins
     *     anew to use what is no longer offered
     */
    public PluginHost(Path folder, Path workFolder, UsedBy usedBy, Consumer<JlvsEvent> events, Runnable changed) {
        this.folder = folder;
        this.workFolder = workFolder;
        this.events = events;
        this.changed = changed;
        this.jars = new JarFolder(folder, clock);
        this.shelf = new Shelf(usedBy);
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("jlvs-plugins").daemon().factory());
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
    }

    /**
     * Loads what is in the folder, then watches it. Blocks until all jars that are complete are loaded or rejected.
     *
     * @throws UncheckedIOException if one of the folders can't be used
     */
    public void start() {
        try {
            Files.createDirectories(folder);
            loader = new JarLoader(workFolder);
            watch = new FolderWatch(folder, this::planLook);
        } catch (IOException e) {
            throw new UncheckedIOException("plugins can't be loaded from " + folder + " by way of " + workFolder, e);
        }
        CompletableFuture.runAsync(this::look, thread)
                .thenRunAsync(this::look, CompletableFuture.delayedExecutor(SETTLED, TimeUnit.MILLISECONDS, thread))
                .join();
        thread.scheduleWithFixedDelay(this::look, HEARTBEAT, HEARTBEAT, TimeUnit.MILLISECONDS);
    }

    /** What all plugins offer now. */
    public Extensions extensions() {
        return extensions;
    }

    /** What became of each jar, by file name. */
    public List<PluginStatus> status() {
        return status;
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
        thread.execute(() -> shelf.kept().forEach(this::retire));
    }

    /** Unloads all plugins. Nothing is left of them, in memory or in the work folder. */
    @Override
    public void close() {
        thread.execute(this::unloadAll);
        thread.shutdown();
        try {
            if (watch != null) {
                watch.close();
            }
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a plugin does not let itself be unloaded; it is left alone");
            }
        } catch (IOException e) {
            LOG.warn("the watch on {} was not cleanly closed", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void planLook() {
        if (lookPlanned.compareAndSet(false, true)) {
            thread.schedule(this::look, SETTLED, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        lookPlanned.set(false);
        try {
            var changes = jars.look();
            changes.gone().forEach(this::gone);
            changes.come().forEach(this::come);
            if (changes.restless()) {
                planLook();
            }
        } catch (IOException e) {
            LOG.warn("the plugins folder {} can't be read; what is loaded stays", folder, e);
        } catch (RuntimeException e) { // the next look must come whatever happens
            LOG.error("looking at the plugins folder {} failed", folder, e);
        }
    }

    private void gone(String jar) {
        var plugin = shelf.plugin(jar);
        if (plugin == null) {
            shelf.remove(jar);
            publish();
        } else {
            retire(plugin);
        }
    }

    private void retire(Plugin plugin) {
        var users = shelf.usersOf(plugin);
        if (users.isEmpty()) {
            shelf.remove(plugin.jar());
            publish();
            users = shelf.usersOf(plugin); // one may have come before the change was known
        }
        if (users.isEmpty()) {
            plugin.unload().run();
            events.accept(new PluginEvent.Removed(clock.millis(), plugin.jar(), plugin.id()));
            reconsiderConflicts();
        } else {
            keep(plugin, users);
        }
    }

    private void keep(Plugin plugin, List<String> users) {
        boolean news = !shelf.kept().contains(plugin);
        shelf.keep(plugin, users);
        publish();
        if (news) {
            events.accept(new PluginEvent.Kept(clock.millis(), plugin.jar(), plugin.id(), users));
            reconsiderConflicts();
        }
    }

    private void come(Path file) {
        var jar = file.getFileName().toString();
        try {
            var content = JarContent.read(file);
            var current = shelf.plugin(jar);
            if (current == null || !current.content().equals(content.hash())) {
                swapIn(load(content));
            } else {
                shelf.accept(jar);
                publish();
            }
        } catch (RejectedException e) {
            reject(jar, e);
        }
    }

    private Plugin load(JarContent content) throws RejectedException {
        if (loader == null) {
            throw new IllegalStateException("not started");
        }
        var plugin = loader.load(content);
        try {
            shelf.check(plugin);
            return plugin;
        } catch (RejectedException e) {
            plugin.unload().run();
            throw e;
        }
    }

    private void swapIn(Plugin plugin) {
        var predecessor = shelf.predecessor(plugin);
        failures.forget(plugin.jar());
        shelf.put(plugin);
        publish();
        if (predecessor != null) {
            predecessor.unload().run();
        }
        events.accept(new PluginEvent.Loaded(
                clock.millis(),
                plugin.jar(),
                plugin.id(),
                plugin.version(),
                plugin.offers().toList(),
                predecessor != null));
        reconsiderConflicts();
    }

    private void reject(String jar, RejectedException why) {
        if (!jars.isAsTold(jar)) { // it changed meanwhile: not this one is to be judged
            jars.forget(jar);
            planLook();
        } else if (shelf.reject(jar, why)) {
            publish();
            events.accept(new PluginEvent.Rejected(clock.millis(), jar, why.reason()));
        }
    }

    private void reconsiderConflicts() {
        var conflicts = shelf.conflicts();
        conflicts.forEach(jars::forget);
        if (!conflicts.isEmpty()) {
            planLook();
        }
    }

    private void publish() {
        status = shelf.status();
        var next = shelf.extensions();
        if (!next.equals(extensions)) {
            extensions = next;
            try {
                changed.run();
            } catch (RuntimeException e) {
                LOG.error("the engine did not take over what the plugins offer now", e);
            }
        }
    }

    private void unloadAll() {
        var plugins = shelf.plugins();
        plugins.forEach(plugin -> shelf.remove(plugin.jar()));
        extensions = Extensions.NONE;
        status = List.of();
        plugins.forEach(plugin -> plugin.unload().run());
    }
}
