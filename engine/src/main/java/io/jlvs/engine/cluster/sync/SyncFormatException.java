package io.jlvs.engine.cluster.sync;

/** A message that no director has sent: it says what was wrong and what was expected. Nothing of it is taken. */
public final class SyncFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    SyncFormatException(String message) {
        super(message);
    }

    SyncFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
