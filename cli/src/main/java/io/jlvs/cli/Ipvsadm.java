package io.jlvs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** {@code ipvsadm}: sends its words to the engine, which knows them, and prints what comes back. */
public final class Ipvsadm {

    /** What ipvsadm exits with when there is no IPVS. */
    private static final int NO_ENGINE = 2;

    private Ipvsadm() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), ControlClient.ofEnvironment(), System.in, System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(List<String> words, ControlClient client, InputStream in, PrintStream out, PrintStream err) {
        try {
            var reply = client.ipvsadm(words, readsRules(words) ? in.readAllBytes() : new byte[0]);
            int exit = reply.number("X-Exit-Status");
            int stdout = Math.min(reply.number("X-Stdout-Length"), reply.body().length);
            out.write(reply.body(), 0, stdout);
            out.flush();
            err.write(reply.body(), stdout, reply.body().length - stdout);
            err.flush();
            return exit;
        } catch (IOException e) {
            err.println("ipvsadm: " + e.getMessage());
            return NO_ENGINE;
        }
    }

    private static boolean readsRules(List<String> words) {
        return !words.isEmpty()
                && (words.getFirst().startsWith("-R") || words.getFirst().equals("--restore"));
    }
}
