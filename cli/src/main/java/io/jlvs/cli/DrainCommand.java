package io.jlvs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code jlvs drain}: weight 0, then waits until the server has no active connection. Exit codes: 0 empty, 1 not empty in
 * time, 2 no engine or no such server. Whoever interrupts it leaves the server quiesced.
 */
@Command(
        name = "drain",
        description = "Gives a real server weight 0 and waits until its active connections have ended. "
                + "Tells how to give it its weight back.")
final class DrainCommand implements Callable<Integer> {

    private static final int LOOKS_PER_SECOND = 5;

    private final ControlClient client;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SERVER", description = "ADDRESS:PORT of the real server")
    private String server;

    @Option(names = "--service", paramLabel = "SERVICE", description = "only in this virtual service, ADDRESS:PORT")
    private String service = "";

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "wait at most so long (${DEFAULT-VALUE})")
    private int timeout = 300;

    DrainCommand() {
        this(ControlClient.ofEnvironment());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    DrainCommand(ControlClient client) {
        this.client = client;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return drain();
        } catch (IOException e) {
            spec.commandLine().getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }

    private int drain() throws IOException, InterruptedException {
        var path = "/drain?server=" + encode(server) + "&service=" + encode(service);
        var back = client.post(path).text();
        var progress = Progress.of(spec.commandLine().getErr(), "draining " + server);
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout);
        var first = left(path);
        var left = first;
        while (left > 0 && System.nanoTime() < until) {
            progress.show(first - left, first);
            Thread.sleep(1000 / LOOKS_PER_SECOND);
            left = left(path);
            first = Math.max(first, left);
        }
        progress.end();
        PrintWriter out = spec.commandLine().getOut();
        out.println(left == 0 ? server + " is empty" : server + " still has " + left + " active connections");
        out.print("to give it its weight back:\n" + back);
        out.flush();
        return left == 0 ? 0 : 1;
    }

    private long left(String path) throws IOException {
        return Long.parseLong(client.get(path, false).text().strip());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
