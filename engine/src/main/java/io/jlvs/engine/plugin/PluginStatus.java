package io.jlvs.engine.plugin;

import java.util.List;

/**
 * What became of a jar.
 *
 * @param jar file name
 * @param plugin its id; empty when rejected
 * @param version its version; empty when rejected
 * @param offers names of its schedulers and modes, aliases included
 * @param detail who keeps it, or why it, or a newer file of the same name, was rejected; empty if there is nothing to say
 */
public record PluginStatus(String jar, String plugin, String version, State state, List<String> offers, String detail) {

    /** The state of a jar. */
    public enum State {
        /** In service. */
        LOADED,
        /** In service though its file has gone, because services use it. */
        KEPT,
        /** Not in service. */
        REJECTED
    }

    public PluginStatus {
        offers = List.copyOf(offers);
    }
}
