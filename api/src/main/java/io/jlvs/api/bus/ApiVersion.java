package io.jlvs.api.bus;

/** The version of what plugins compile against and of the payloads on the bus (semantic versioning). */
public final class ApiVersion {

    /** What the manifest entry {@code Plugin-Requires} of a plugin is compared with. */
    public static final String CURRENT = "1.0.0";

    private ApiVersion() {}
}
