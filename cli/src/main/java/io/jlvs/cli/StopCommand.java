package io.jlvs.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jlvs stop}. Exit codes: 0 it has ended, 2 not. */
@Command(name = "stop", description = "Ends the engine. The ebpf data path goes on forwarding unless it is flushed.")
final class StopCommand implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 30;

    private final ControlClient client;

    @Spec
    private CommandSpec spec;

    @Option(names = "--flush", description = "also take the programs out of the kernel: forwarding ends")
    private boolean flush;

    StopCommand() {
        this(ControlClient.ofEnvironment());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    StopCommand(ControlClient client) {
        this.client = client;
    }

    @Override
    public Integer call() {
        try {
            var reply = client.post(flush ? "/stop?flush=true" : "/stop");
            var out = spec.commandLine().getOut();
            out.print(reply.text());
            out.flush();
            awaitEnd(reply.number("X-Pid"));
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }

    private static void awaitEnd(int pid) throws IOException {
        var ended = ProcessHandle.of(pid).map(ProcessHandle::onExit);
        try {
            ended.ifPresent(
                    end -> end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        } catch (RuntimeException e) {
            throw new IOException("the engine, process " + pid + ", has not ended yet: see its log", e);
        }
    }
}
