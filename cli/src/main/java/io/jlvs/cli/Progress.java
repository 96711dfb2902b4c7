package io.jlvs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A bar that fills, on one line of a terminal; nothing where there is none. */
final class Progress {

    private static final int WIDTH = 30;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    private final PrintWriter out;
    private final String what;
    private final boolean visible;
    private boolean shown;

    Progress(PrintWriter out, String what, boolean visible) {
        this.out = out;
        this.what = what;
        this.visible = visible;
    }

    /** Visible when standard error, to which it is to be written, is a terminal. */
    static Progress of(PrintWriter out, String what) {
        return new Progress(out, what, errorsAreSeen());
    }

    /** Whether standard error is a terminal, whatever the others are. */
    static boolean errorsAreSeen() {
        try {
            return TERMINAL.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString())
                    .matches();
        } catch (IOException _) {
            return false;
        }
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
