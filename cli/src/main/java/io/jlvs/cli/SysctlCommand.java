package io.jlvs.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code jlvs sysctl}: the engine knows the words. Exit codes: 0 well, 1 a word made no sense, 2 no engine. */
@Command(
        name = "sysctl",
        description =
                "Shows and sets IPVS's settings (net.ipv4.vs.NAME), as sysctl(8) does: NAME, NAME=VALUE, -a for all.")
final class SysctlCommand implements Callable<Integer> {

    private final ControlClient client;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME[=VALUE]", description = "with net.ipv4.vs. or without", arity = "0..*")
    private List<String> names = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    SysctlCommand() {
        this(ControlClient.ofEnvironment());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    SysctlCommand(ControlClient client) {
        this.client = client;
    }

    @Override
    public Integer call() {
        var words = new ArrayList<>(options);
        words.addAll(names);
        try {
            return client.ask("/sysctl", words, new byte[0])
                    .show(spec.commandLine().getOut(), spec.commandLine().getErr());
        } catch (IOException e) {
            spec.commandLine().getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }
}
