package io.jlvs.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Shows what the engine has at a path. Exit codes: 0 shown, 1 the engine could not, 2 no engine. */
abstract class ShowCommand implements Callable<Integer> {

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    abstract String path();

    @Override
    public final Integer call() {
        var client = ControlClient.ofEnvironment();
        try {
            var reply = client.get(path(), json);
            System.out.print(reply.text());
            return reply.status() == 200 ? 0 : 1;
        } catch (IOException e) {
            System.err.println("jlvs: " + client.unreachable(e));
            return 2;
        }
    }
}
