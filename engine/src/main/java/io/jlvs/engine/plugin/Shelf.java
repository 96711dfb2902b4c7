package io.jlvs.engine.plugin;

import static java.util.stream.Collectors.joining;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.engine.plugin.PluginStatus.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of each jar. For one thread. */
final class Shelf {

    private final UsedBy usedBy;
    private final Map<String, Plugin> plugins = new TreeMap<>();
    private final Map<String, List<String>> kept = new HashMap<>();
    private final Map<String, RejectedException> rejected = new TreeMap<>();

    Shelf(UsedBy usedBy) {
        this.usedBy = usedBy;
    }

    /** The plugin of a jar. */
    @Nullable
    Plugin plugin(String jar) {
        return plugins.get(jar);
    }

    /** All plugins in service. */
    List<Plugin> plugins() {
        return List.copyOf(plugins.values());
    }

    /** Those whose file has gone. */
    List<Plugin> kept() {
        return plugins.values().stream()
                .filter(plugin -> kept.containsKey(plugin.jar()))
                .toList();
    }

    /** The services that need what a plugin offers. */
    List<String> usersOf(Plugin plugin) {
        return usedBy.servicesThatUse(
                plugin.schedulers().keySet(), plugin.modes().keySet());
    }

    /** The plugin that a new one takes the place of: of the same jar, or the same one whose file has gone. */
    @Nullable
    Plugin predecessor(Plugin next) {
        var sameJar = plugins.get(next.jar());
        return sameJar != null
                ? sameJar
                : kept().stream()
                        .filter(plugin -> plugin.id().equals(next.id()))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a plugin may come in. */
    void check(Plugin next) throws RejectedException {
        var predecessor = predecessor(next);
        for (var other : plugins.values()) {
            if (!other.equals(predecessor)) {
                checkAgainst(next, other);
            }
        }
        if (predecessor != null) {
            checkNothingIsMissed(next, predecessor);
        }
    }

    /** Puts a plugin in, in place of its predecessor. */
    void put(Plugin next) {
        var predecessor = predecessor(next);
        if (predecessor != null) {
            remove(predecessor.jar());
        }
        plugins.put(next.jar(), next);
        accept(next.jar());
    }

    /** The jar's file is the one that is in service. */
    void accept(String jar) {
        kept.remove(jar);
        rejected.remove(jar);
    }

    /** The jar's file has gone but its plugin stays in service. */
    void keep(Plugin plugin, List<String> users) {
        plugins.put(plugin.jar(), plugin);
        kept.put(plugin.jar(), users);
        rejected.remove(plugin.jar());
    }

    /** Notes why a jar can't come in; tells whether that is news. */
    boolean reject(String jar, RejectedException why) {
        var before = rejected.put(jar, why);
        return before == null || !before.reason().equals(why.reason());
    }

    /** Nothing is left of a jar. */
    void remove(String jar) {
        plugins.remove(jar);
        accept(jar);
    }

    /** Jars that may pass now that others have changed. */
    List<String> conflicts() {
        return rejected.entrySet().stream()
                .filter(entry -> entry.getValue().isConflict())
                .map(Map.Entry::getKey)
                .toList();
    }

    Extensions extensions() {
        var schedulers = new HashMap<String, Offer<Scheduler>>();
        var modes = new HashMap<String, Offer<ForwardingMode>>();
        for (var plugin : plugins.values()) {
            schedulers.putAll(plugin.schedulers());
            modes.putAll(plugin.modes());
        }
        return new Extensions(schedulers, modes);
    }

    List<PluginStatus> status() {
        var jars = new TreeSet<>(plugins.keySet());
        jars.addAll(rejected.keySet());
        return jars.stream().map(this::status).toList();
    }

    private PluginStatus status(String jar) {
        var plugin = plugins.get(jar);
        var why = rejected.get(jar);
        if (plugin == null) {
            return new PluginStatus(jar, "", "", State.REJECTED, List.of(), why == null ? "" : why.reason());
        }
        var users = kept.get(jar);
        var detail = why != null
                ? "the file that is there now was rejected: " + why.reason()
                : users != null ? "its file has gone, but it is used by " + String.join(", ", users) : "";
        return new PluginStatus(
                jar,
                plugin.id(),
                plugin.version(),
                users == null ? State.LOADED : State.KEPT,
                plugin.offers().toList(),
                detail);
    }

    private static void checkAgainst(Plugin next, Plugin other) throws RejectedException {
        if (next.id().equals(other.id())) {
            throw RejectedException.conflict(
                    "plugin " + next.id() + " is already loaded from " + other.jar() + ": remove one of the two jars");
        }
        var both = common(next.schedulers().keySet(), other.schedulers().keySet());
        both.addAll(common(next.modes().keySet(), other.modes().keySet()));
        if (!both.isEmpty()) {
            throw RejectedException.conflict(
                    quoted(both) + " is already offered by " + other.jar() + ": remove one of the two jars");
        }
    }

    private void checkNothingIsMissed(Plugin next, Plugin predecessor) throws RejectedException {
        var schedulers =
                missing(predecessor.schedulers().keySet(), next.schedulers().keySet());
        var modes = missing(predecessor.modes().keySet(), next.modes().keySet());
        var users = usedBy.servicesThatUse(schedulers, modes);
        if (!users.isEmpty()) {
            schedulers.addAll(modes);
            throw new RejectedException("it no longer offers " + quoted(schedulers) + ", which is used by "
                    + String.join(", ", users) + ": change these first, then put the jar in again");
        }
    }

    private static Set<String> common(Set<String> some, Set<String> others) {
        var both = new TreeSet<>(some);
        both.retainAll(others);
        return both;
    }

    private static Set<String> missing(Set<String> before, Set<String> now) {
        var gone = new HashSet<>(before);
        gone.removeAll(now);
        return gone;
    }

    private static String quoted(Collection<String> names) {
        return names.stream().sorted().map(name -> "'" + name + "'").collect(joining(", "));
    }
}
