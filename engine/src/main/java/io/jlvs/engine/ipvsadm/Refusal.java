package io.jlvs.engine.ipvsadm;

/** The words make no sense: the command ends here, with this exit code and this line on standard error. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    static final int NOTHING_TO_LIST = 1;
    static final int WRONG_WORDS = 2;
    static final int NO_COMMAND = 255;

    private final int exit;
    private final boolean endsRestore;

    private Refusal(int exit, String line, boolean endsRestore) {
        super(line, null, false, false);
        this.exit = exit;
        this.endsRestore = endsRestore;
    }

    /** An error that ipvsadm finds itself. */
    static Refusal of(String line) {
        return new Refusal(WRONG_WORDS, line, true);
    }

    /** An error of the reader of options. */
    static Refusal ofOption(String line) {
        return new Refusal(NO_COMMAND, line, false);
    }

    /** The first option is no command. */
    static Refusal noCommand() {
        return new Refusal(NO_COMMAND, "Try `ipvsadm -h' or 'ipvsadm --help' for more information.", true);
    }

    /** The service to be listed is not there: ends a restore too, unlike other refusals of the director. */
    static Refusal nothingToList() {
        return new Refusal(NOTHING_TO_LIST, "No such service", true);
    }

    /** Whether rules are read no further after it. */
    boolean endsRestore() {
        return endsRestore;
    }

    int exit() {
        return exit;
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
