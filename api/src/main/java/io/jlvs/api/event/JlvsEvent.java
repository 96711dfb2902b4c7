package io.jlvs.api.event;

/**
 * Something that happened in the director.
 *
 * <p>Times ({@code at}) are milliseconds since 1970-01-01 UTC; durations are nanoseconds.
 */
public sealed interface JlvsEvent permits ConnectionEvent, ConfigurationChanged, PluginEvent, DirectorEvent {

    /** When it happened, in milliseconds since 1970-01-01 UTC. */
    long at();
}
