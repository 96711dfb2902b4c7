package io.jlvs.api.datapath;

/** A table that the data path could not take. The message says what failed, why, and what to do. */
public final class DataPathException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DataPathException(String message, Throwable cause) {
        super(message, cause);
    }
}
