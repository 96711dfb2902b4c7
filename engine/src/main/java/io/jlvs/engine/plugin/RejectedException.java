package io.jlvs.engine.plugin;

/** Why a jar can't be taken, in words that an operator can act on. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean conflict;

    RejectedException(String reason) {
        this(reason, false);
    }

    RejectedException(String reason, Throwable cause) {
        super(reason + ": " + describe(cause), cause);
        this.conflict = false;
    }

    private RejectedException(String reason, boolean conflict) {
        super(reason);
        this.conflict = conflict;
    }

    /** A jar that another one stands in the way of. */
    static RejectedException conflict(String reason) {
        return new RejectedException(reason, true);
    }

    /** Whether the same jar may pass when other plugins have changed. */
    boolean isConflict() {
        return conflict;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** Class and message of what lies at the bottom of an error, which may be a stranger's and broken itself. */
    static String describe(Throwable error) {
        var cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var name = cause.getClass().getName();
        try {
            return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
        } catch (Throwable e) {
            return name;
        }
    }
}
