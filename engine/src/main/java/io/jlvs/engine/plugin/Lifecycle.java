package io.jlvs.engine.plugin;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.event.PluginEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a plugin when its jar comes, changes or goes. For one thread, except {@link #extensions} and
 * {@link #status}.
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final JarFolder jars;
    private final JarLoader loader;
    private final Shelf shelf;
    private final Failures failures;
    private final Consumer<JlvsEvent> events;
    private final Consumer<Extensions> changed;
    private final InstantSource clock;
    private boolean lookAgain;
    private volatile Extensions extensions = Extensions.NONE;
    private volatile List<PluginStatus> status = List.of();

    Lifecycle(
            JarFolder jars,
            JarLoader loader,
            Shelf shelf,
            Failures failures,
            Consumer<JlvsEvent> events,
            Consumer<Extensions> changed,
            InstantSource clock) {
        this.jars = jars;
        this.loader = loader;
        this.shelf = shelf;
        this.failures = failures;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    Extensions extensions() {
        return extensions;
    }

    List<PluginStatus> status() {
        return status;
    }

    /** Follows what happened in the folder; tells whether to look again soon. */
    boolean look() {
        lookAgain = false;
        try {
            var changes = jars.look();
            changes.gone().forEach(jar -> safely("the removal of " + jar, () -> gone(jar)));
            changes.come().forEach(jar -> safely("the arrival of " + jar, () -> come(jar)));
            lookAgain |= changes.restless();
        } catch (IOException e) {
            LOG.warn("the plugins folder can't be read; what is loaded stays", e);
        }
        return lookAgain;
    }

    /** Retires what was kept only for services that have gone; tells whether to look again soon. */
    boolean retireUnused() {
        lookAgain = false;
        shelf.kept().forEach(plugin -> safely("the removal of " + plugin.jar(), () -> retire(plugin)));
        return lookAgain;
    }

    /** Unloads everything. */
    void end() {
        var plugins = shelf.plugins();
        plugins.forEach(plugin -> shelf.remove(plugin.jar()));
        extensions = Extensions.NONE;
        status = List.of();
        plugins.forEach(plugin -> plugin.unload().run());
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
            lookAgain = true;
        } else if (shelf.reject(jar, why)) {
            publish();
            events.accept(new PluginEvent.Rejected(clock.millis(), jar, why.reason()));
        }
    }

    private void reconsiderConflicts() {
        for (var jar : shelf.conflicts()) {
            jars.forget(jar);
            lookAgain = true;
        }
    }

    private void publish() {
        status = shelf.status();
        var next = shelf.extensions();
        if (!next.equals(extensions)) {
            extensions = next;
            safely("a change of what the plugins offer", () -> changed.accept(next));
        }
    }

    /** Whatever goes wrong with one jar, the others' turn comes. */
    private static void safely(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("{} was not taken over by the whole engine", what, e);
        }
    }
}
