package io.jlvs.api.bus;

/**
 * The version of what plugins compile against and of the payloads on the bus (semantic versioning). A minor version only
 * adds: addresses, optional keys in requests, keys in replies and events, types of events. Readers of replies and events
 * ignore what they don't know; a director refuses keys of requests that it doesn't know, by name.
 */
public final class ApiVersion {

    /** What the manifest entry {@code Plugin-Requires} of a plugin is compared with. */
    public static final String CURRENT = "1.0.0";

    /** The first number of {@link #CURRENT}: what was written for another one does not fit. */
    public static final String MAJOR = CURRENT.substring(0, CURRENT.indexOf('.'));

    /** The header by which a request may say for which {@link #MAJOR} it was written. */
    public static final String HEADER = "jlvs-api";

    private ApiVersion() {}
}
