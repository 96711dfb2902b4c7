package io.jlvs.api.event;

/** Something happened to the director itself. */
public sealed interface DirectorEvent extends JlvsEvent {

    /** It forwards. */
    record Started(long at, String version, String dataPath) implements DirectorEvent {}

    /** New connections are turned away until resources are free again. */
    record Overloaded(long at, String resource, String detail) implements DirectorEvent {}

    record Recovered(long at, String resource) implements DirectorEvent {}

    /** The state file could not be read; it was moved away and the director began without it. */
    record StateSetAside(long at, String file, String reason) implements DirectorEvent {}

    /** A service of the saved state that the data path can't take now; it is tried again. */
    record ServiceDown(long at, String service, String reason) implements DirectorEvent {}

    record ServiceUp(long at, String service) implements DirectorEvent {}

    /**
     * The sibling that picks for a service has failed several times in a row: its scheduler's fallback picks, and the
     * sibling is asked again now and then.
     *
     * @param reason why it failed last
     */
    record SiblingSilent(long at, String service, String reason) implements DirectorEvent {}

    /** The sibling that picks for a service has answered again. */
    record SiblingBack(long at, String service) implements DirectorEvent {}
}
