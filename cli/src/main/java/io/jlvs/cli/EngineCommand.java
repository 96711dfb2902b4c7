package io.jlvs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** A command that the launcher hands to the engine. Its words are taken and left alone. */
@SuppressWarnings("UnusedVariable")
abstract class EngineCommand implements Callable<Integer> {

    @Parameters(hidden = true)
    private List<String> words = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public final Integer call() {
        System.err.println("jlvs: this command is the engine's: start it with bin/jlvs");
        return 2;
    }
}
