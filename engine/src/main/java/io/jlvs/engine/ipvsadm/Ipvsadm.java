package io.jlvs.engine.ipvsadm;

import io.jlvs.api.CommandException;
import io.jlvs.api.datapath.DataPath;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Interprets ipvsadm's command line. One implementation for whoever asks; blocks, so call it from a virtual thread or a
 * worker.
 */
public final class Ipvsadm {

    /** What {@code -R} does in one go. A service that is deleted must be gone before it is added again. */
    private static final Set<CommandWord> TOGETHER = Set.of(
            CommandWord.ADD_SERVICE,
            CommandWord.EDIT_SERVICE,
            CommandWord.ADD_SERVER,
            CommandWord.EDIT_SERVER,
            CommandWord.DELETE_SERVER);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Registry registry;
    private final Execution execution;
    private final HostNames names;

    public Ipvsadm(Registry registry, DataPath dataPath, Statistics statistics, HostNames names) {
        this.registry = registry;
        this.execution = new Execution(registry, dataPath, statistics, names);
        this.names = names;
    }

    /**
     * Carries out a command. What it changed is on disk when this returns.
     *
     * @param words without the program's own name; none lists everything
     * @param stdin what {@code -R} reads, one command a line
     */
    public Output run(List<String> words, String stdin) {
        var console = new Console();
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
        return request.command == CommandWord.RESTORE ? restore(stdin, console) : execution.run(request, console);
    }

    /**
     * Refusals of the director are told and passed over; the exit code is the last line's. Lines that only add and edit
     * take effect together: ten thousand of them cost little more than one.
     */
    private int restore(String rules, Console console) {
        var waiting = new ArrayList<Request>();
        int exit = 0;
        try {
            for (var words : lines(rules)) {
                var request = RequestReader.read(words, names);
                if (TOGETHER.contains(request.command)) {
                    waiting.add(request);
                } else {
                    exit = flush(waiting, exit, console);
                    exit = execution.run(request, console);
                }
            }
        } finally {
            exit = flush(waiting, exit, console);
        }
        return exit;
    }

    private int flush(List<Request> waiting, int exit, Console console) {
        if (waiting.isEmpty()) {
            return exit;
        }
        var all = List.copyOf(waiting);
        waiting.clear();
        return execution.changeAll(all, console);
    }

    private static List<List<String>> lines(String rules) {
        return Stream.of(rules.split("\n", -1))
                .map(line -> BLANKS.splitAsStream(line)
                        .filter(word -> !word.isEmpty() && !word.equals("ipvsadm"))
                        .toList())
                .filter(words -> !words.isEmpty())
                .toList();
    }
}
