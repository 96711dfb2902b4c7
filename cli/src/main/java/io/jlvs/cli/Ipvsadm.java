package io.jlvs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
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
            var rules = readsRules(words) ? in.readAllBytes() : new byte[0];
            var reply = rules.length == 0 ? client.ask("/ipvsadm", words, rules) : restore(client, words, rules, err);
            return reply.show(new PrintWriter(out, false, UTF_8), new PrintWriter(err, false, UTF_8));
        } catch (IOException e) {
            err.println("ipvsadm: " + e.getMessage());
            return NO_ENGINE;
        }
    }

    private static Reply restore(ControlClient client, List<String> words, byte[] rules, PrintStream err)
            throws IOException {
        var lines = new String(rules, UTF_8).lines().count();
        try (var _ = Waiting.begin(new PrintWriter(err, false, UTF_8), "restoring " + lines + " lines")) {
            return client.ask("/ipvsadm", words, rules);
        }
    }

    private static boolean readsRules(List<String> words) {
        return !words.isEmpty()
                && (words.getFirst().startsWith("-R") || words.getFirst().equals("--restore"));
    }
}
