package io.jlvs.engine.ipvsadm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out rules, one command a line: {@code ipvsadm -R}. What the director refuses, and options that can't be read, are
 * told and passed over; anything else that is wrong ends it, and what was done stays. Answers carry no line numbers, as
 * the original's do not: the log does.
 */
final class Restore {

    /** What is done in one go. A service that is deleted must be gone before it is added again. */
    private static final Set<CommandWord> TOGETHER = Set.of(
            CommandWord.ADD_SERVICE,
            CommandWord.EDIT_SERVICE,
            CommandWord.ADD_SERVER,
            CommandWord.EDIT_SERVER,
            CommandWord.DELETE_SERVER);

    private static final Set<CommandWord> LAST = Set.of(CommandWord.HELP, CommandWord.VERSION);

    /** So many of the refused lines are logged. */
    private static final int SHOWN = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final Pattern BLANKS = Pattern.compile("[ \t\r]+");

    private final Execution execution;
    private final HostNames names;
    private final Console console;
    private final List<Request> waiting = new ArrayList<>();
    private int exit;

    Restore(Execution execution, HostNames names, Console console) {
        this.execution = execution;
        this.names = names;
        this.console = console;
    }

    /**
     * Returns the exit code of the last line. Lines that only add and edit take effect together: ten thousand of them
     * cost little more than one.
     *
     * @throws Refusal that of the line that ended it
     */
    int run(String rules) {
        try {
            var lines = rules.split("\n", -1);
            var last = false;
            for (int i = 0; i < lines.length && !last; i++) {
                var words = words(lines[i]);
                last = !words.isEmpty() && runLine(i + 1, words);
            }
            flush();
            return exit;
        } finally {
            logRefused();
        }
    }

    /** Returns whether it is the last one. */
    private boolean runLine(int number, List<String> words) {
        try {
            var request = RequestReader.read(words, names);
            request.line = number;
            if (TOGETHER.contains(request.command)) {
                waiting.add(request);
                return false;
            }
            flush();
            exit = execution.run(request, console);
            return LAST.contains(request.command);
        } catch (Refusal e) {
            flush();
            if (e.endsRestore()) {
                LOG.warn("rules: given up in line {}: {}", number, e.line());
                throw e;
            }
            console.refuse(number, e.line());
            exit = e.exit();
            return false;
        }
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            exit = execution.changeAll(waiting, console);
            waiting.clear();
        }
    }

    private void logRefused() {
        var refused = console.refusedLines();
        if (!refused.isEmpty()) {
            LOG.warn(
                    "rules: {} lines were refused and passed over, the first in {}",
                    refused.size(),
                    String.join("; ", refused.subList(0, Math.min(refused.size(), SHOWN))));
        }
    }

    private static List<String> words(String line) {
        return BLANKS.splitAsStream(line)
                .filter(word -> !word.isEmpty() && !word.equals("ipvsadm"))
                .toList();
    }
}
