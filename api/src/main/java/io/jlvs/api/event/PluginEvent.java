package io.jlvs.api.event;

import java.util.List;

/** Something happened to a plugin jar or to what it offers. */
public sealed interface PluginEvent extends JlvsEvent {

    /** The jar's file name, such as {@code round-robin-1.0.jar}. */
    String jar();

    /**
     * @param offers names of the schedulers and modes it brings
     * @param replaced whether a version of the same plugin was swapped out
     */
    record Loaded(long at, String jar, String plugin, String version, List<String> offers, boolean replaced)
            implements PluginEvent {}

    record Removed(long at, String jar, String plugin) implements PluginEvent {}

    /** The jar could not be loaded: broken, a duplicate, made for another API version, a failing constructor. */
    record Rejected(long at, String jar, String reason) implements PluginEvent {}

    /** The jar has gone from the folder but stays loaded because services use it. */
    record Kept(long at, String jar, String plugin, List<String> usedBy) implements PluginEvent {}

    /** A scheduler or mode threw or answered nonsense. Told once per kind of failure, counted each time. */
    record Failed(long at, String jar, String extension, String error) implements PluginEvent {}
}
