package io.jlvs.cli.realserver;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A machine that is what a test says: the plans for kernels that the one at hand is not. */
final class ToldMachine implements Machine {

    private final Map<String, String> answers = new HashMap<>();
    private final Map<Path, String> files = new HashMap<>();

    ToldMachine answers(String command, String output) {
        answers.put(command, output);
        return this;
    }

    ToldMachine holds(String file, String content) {
        files.put(Path.of(file), content);
        return this;
    }

    @Override
    public Optional<String> ask(String... command) {
        return Optional.ofNullable(answers.get(String.join(" ", command)));
    }

    @Override
    public Optional<String> read(Path file) {
        return Optional.ofNullable(files.get(file));
    }

    @Override
    public String namespace() {
        return "4026531840";
    }
}
