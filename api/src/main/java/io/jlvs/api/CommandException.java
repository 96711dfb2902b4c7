package io.jlvs.api;

/** A refused command. Nothing was changed. The message says what was wrong and what to do. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public CommandException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public CommandException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
