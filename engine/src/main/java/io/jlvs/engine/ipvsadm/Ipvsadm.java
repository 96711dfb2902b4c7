package io.jlvs.engine.ipvsadm;

import io.jlvs.api.CommandException;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.cluster.sync.SyncSwitch;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.List;

/**
 * Interprets ipvsadm's command line. One implementation for whoever asks; blocks, so call it from a virtual thread or a
 * worker.
 */
public final class Ipvsadm {

    private final Registry registry;
    private final Execution execution;
    private final HostNames names;

    /** Of a director by itself. */
    public Ipvsadm(
            Registry registry,
            DataPath dataPath,
            Statistics statistics,
            HostNames names,
            NetworkInterfaces interfaces) {
        this(registry, dataPath, statistics, names, interfaces, SyncSwitch.NOWHERE);
    }

    /** @param sync what the sync daemons turn on and off */
    public Ipvsadm(
            Registry registry,
            DataPath dataPath,
            Statistics statistics,
            HostNames names,
            NetworkInterfaces interfaces,
            SyncSwitch sync) {
        this.registry = registry;
        this.execution = new Execution(registry, dataPath, statistics, names, interfaces, sync);
        this.names = names;
    }

    /**
     * Carries out a command. What it changed is on disk when this returns.
     *
     * @param words without the program's own name; none lists everything
     * @param stdin what {@code -R} reads, one command a line
     * @param by who asks, and with what
     */
    public Output run(List<String> words, String stdin, String by) {
        var console = new Console(by);
        try {
            console.exit(runCommand(words.isEmpty() ? List.of("-L") : words, stdin, console));
        } catch (Refusal e) {
            console.refuse(e);
        }
        if (console.hasChanged()) {
            awaitSaved(console);
        }
        return console.output();
    }

    private void awaitSaved(Console console) {
        try {
            registry.awaitSaved();
        } catch (CommandException e) {
            console.error(String.valueOf(e.getMessage()));
            console.exit(Execution.REFUSED);
        }
    }

    private int runCommand(List<String> words, String stdin, Console console) {
        var request = RequestReader.read(words, names);
        return request.command == CommandWord.RESTORE
                ? new Restore(execution, names, console).run(stdin)
                : execution.run(request, console);
    }
}
