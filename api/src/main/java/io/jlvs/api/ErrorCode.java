package io.jlvs.api;

/** Why a command was refused. Part of the API: names are never reused for another meaning. */
public enum ErrorCode {
    /** The payload is not what its schema says. */
    INVALID(1),
    SERVICE_EXISTS(2),
    NO_SUCH_SERVICE(3),
    SERVER_EXISTS(4),
    NO_SUCH_SERVER(5),
    /** No plugin offers a scheduler of this name. */
    NO_SUCH_SCHEDULER(6),
    /** No plugin offers a forwarding mode of this name. */
    NO_SUCH_MODE(7),
    /** The running data path can't do it; the message says which could. */
    UNSUPPORTED(8),
    /** The data path failed to take the change, for example an address it can't listen on. */
    DATA_PATH(9),
    /** The change is in effect but could not be written to disk: a restart would lose it. It is tried again. */
    NOT_SAVED(10),
    /** The director sees less than a majority of its cluster; the message says which it sees. Nothing was changed. */
    NO_MAJORITY(11),
    /** The cluster did not answer in time: the change may have been made or may yet be. Look before you repeat it. */
    NOT_KNOWN(12),
    /** The request says that it was written for another major version of the API than the director's. Nothing was done. */
    OTHER_VERSION(13);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The failure code of a reply on the event bus; stays with its name for good. */
    public int number() {
        return number;
    }
}
