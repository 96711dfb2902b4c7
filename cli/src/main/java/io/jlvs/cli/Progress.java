package io.jlvs.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** A bar that fills, on one line of a terminal; nothing where there is none. */
final class Progress {

    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final String what;
    private final boolean visible;
    private boolean shown;

    Progress(PrintWriter out, String what, boolean visible) {
        this.out = out;
        this.what = what;
        this.visible = visible;
    }

    /** Visible when the process has a terminal. */
    static Progress of(PrintWriter out, String what) {
        return new Progress(out, what, hasTerminal());
    }

    /** Whether the process reads from a terminal and writes to one. */
    static boolean hasTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Draws it anew: so many of so many are done. */
    void show(long done, long all) {
        if (!visible) {
            return;
        }
        int full = all == 0 ? WIDTH : (int) (WIDTH * done / all);
        out.print("\r%s [%s%s] %,d of %,d".formatted(what, "#".repeat(full), ".".repeat(WIDTH - full), done, all));
        out.print("\033[K");
        out.flush();
        shown = true;
    }

    /** Clears its line. */
    void end() {
        if (shown) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
