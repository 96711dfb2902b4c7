package io.jlvs.cli;

import java.io.IOException;
import java.util.List;

/** {@code ipvsadm}: sends its words to the engine, which knows them, and prints what comes back. */
public final class Ipvsadm {

    /** What ipvsadm exits with when there is no IPVS. */
    private static final int NO_ENGINE = 2;

    private Ipvsadm() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) {
        var client = ControlClient.ofEnvironment();
        try {
            var reply = client.ipvsadm(words, readsRules(words) ? System.in.readAllBytes() : new byte[0]);
            int exit = reply.number("X-Exit-Status");
            int stdout = reply.number("X-Stdout-Length");
            System.out.write(reply.body(), 0, stdout);
            System.out.flush();
            System.err.write(reply.body(), stdout, reply.body().length - stdout);
            System.err.flush();
            return exit;
        } catch (IOException e) {
            System.err.println("ipvsadm: " + client.unreachable(e));
            return NO_ENGINE;
        }
    }

    private static boolean readsRules(List<String> words) {
        return !words.isEmpty()
                && (words.getFirst().startsWith("-R") || words.getFirst().equals("--restore"));
    }
}
