package io.jlvs.api;

/** Why a command was refused. Part of the API: names are never reused for another meaning. */
public enum ErrorCode {
    /** The payload is not what its schema says. */
    INVALID,
    SERVICE_EXISTS,
    NO_SUCH_SERVICE,
    SERVER_EXISTS,
    NO_SUCH_SERVER,
    /** No plugin offers a scheduler of this name. */
    NO_SUCH_SCHEDULER,
    /** No plugin offers a forwarding mode of this name. */
    NO_SUCH_MODE,
    /** The running data path can't do it; the message says which could. */
    UNSUPPORTED,
    /** The data path failed to take the change, for example an address it can't listen on. */
    DATA_PATH,
    /** The change is in effect but could not be written to disk: a restart would lose it. It is tried again. */
    NOT_SAVED
}
