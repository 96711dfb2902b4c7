package io.jlvs.engine.ipvsadm;

/** What a command prints while it works. */
final class Console {

    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private int exit;
    private boolean changed;

    void print(String text) {
        stdout.append(text);
    }

    void error(String line) {
        stderr.append(line).append('\n');
    }

    void exit(int code) {
        exit = code;
    }

    /** The desired state is another one now, and is to be on disk before the answer. */
    void changed() {
        changed = true;
    }

    boolean hasChanged() {
        return changed;
    }

    void refuse(Refusal refusal) {
        error(refusal.line());
        exit(refusal.exit());
    }

    Output output() {
        return new Output(exit, stdout.toString(), stderr.toString());
    }
}
