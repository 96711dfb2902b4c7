package io.jlvs.cli.realserver;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two things to do with a plan. */
final class Script {

    private Script() {}

    /** Prints it so that {@code sh} can run it. */
    static void print(List<Step> steps, PrintWriter out) {
        out.println("set -e");
        var why = "";
        for (var step : steps) {
            if (!step.why().equals(why)) {
                why = step.why();
                out.println("\n# " + why);
            }
            out.println(step.line());
        }
        out.flush();
    }

    /**
     * Runs it, up to the first line that fails.
     *
     * @throws IOException what failed, why it is needed and what to do
     */
    static void run(List<Step> steps) throws IOException {
        if (!isRoot()) {
            throw new IOException("this takes root: run it with sudo, or see with --print what it would do");
        }
        for (var step : steps) {
            run(step);
        }
    }

    private static void run(Step step) throws IOException {
        var process = new ProcessBuilder("sh", "-ec", step.line())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("""
                    this failed (exit code %d): %s
                      %s
                      It is needed because: %s
                      What was done before stays. Put it right and run the same again, or take it back with \
                    jlvs realserver teardown.""".formatted(exit, step.line(), said, step.why()));
        }
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
