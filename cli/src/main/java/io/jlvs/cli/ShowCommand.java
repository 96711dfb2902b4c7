package io.jlvs.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the engine has at a path. Exit codes: 0 shown, 2 not. */
abstract class ShowCommand implements Callable<Integer> {

    private final ControlClient client;
    private final String path;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    ShowCommand(ControlClient client, String path) {
        this.client = client;
        this.path = path;
    }

    @Override
    public final Integer call() {
        try {
            var out = spec.commandLine().getOut();
            out.print(client.get(path, json).text());
            out.flush();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }
}
