package io.jlvs.api.event;

/** Why a connection was refused. */
public enum RefusalReason {
    /** The service was removed while the client connected. */
    NO_SERVICE,
    /** The service has no server with weight above zero that is not overloaded. */
    NO_SERVER,
    /** The scheduler has chosen a server that may not be used now, and has no fallback. */
    SCHEDULER_REFUSED,
    /** No server could be connected to. */
    UNREACHABLE,
    /** The scheduler's plugin is not loaded. */
    NO_SCHEDULER,
    /** The director is out of file descriptors or sessions. */
    OVERLOAD
}
