package io.jlvs.engine.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What was found while a file was read: the errors, and the keys that were asked for. */
final class Findings {

    private final Path file;
    private final List<ConfigError> errors = new ArrayList<>();
    private final Set<String> keys = new LinkedHashSet<>();

    Findings(Path file) {
        this.file = file;
    }

    /** The folder that relative paths begin at. */
    Path folder() {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    /** An error of the file as a whole. */
    void add(String message) {
        errors.add(new ConfigError(file.toString(), 0, 0, message));
    }

    void add(Node node, String message) {
        node.getStartMark().ifPresent(mark -> add(mark, message));
    }

    void add(Mark mark, String message) {
        errors.add(new ConfigError(file.toString(), mark.getLine() + 1, mark.getColumn() + 1, message));
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    int count() {
        return errors.size();
    }

    void asked(String key) {
        keys.add(key);
    }

    /** Every key that was asked for; what is in a list is written {@code services[].scheduler}. */
    Set<String> keys() {
        return keys;
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigException(errors.stream()
                    .sorted(Comparator.comparingInt(ConfigError::line).thenComparingInt(ConfigError::column))
                    .toList());
        }
    }
}
