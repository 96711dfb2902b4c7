package io.jlvs.engine.ipvsadm;

import java.util.ArrayList;
import java.util.List;

/** What a command prints while it works. */
final class Console {

    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private final List<String> refusedLines = new ArrayList<>();
    private final String by;
    private int exit;
    private boolean changed;

    /** @param by who has it on his account */
    Console(String by) {
        this.by = by;
    }

    String by() {
        return by;
    }

    void print(String text) {
        stdout.append(text);
    }

    void error(String line) {
        stderr.append(line).append('\n');
    }

    /**
     * Tells of a command that was passed over.
     *
     * @param place its line in rules, from 1; 0 for a command by itself
     */
    void refuse(int place, String line) {
        error(line);
        if (place > 0) {
            refusedLines.add("line " + place + ": " + line);
        }
    }

    /** The lines of rules that were passed over, with what was told of each. */
    List<String> refusedLines() {
        return refusedLines;
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
