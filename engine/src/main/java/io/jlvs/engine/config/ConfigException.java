package io.jlvs.engine.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** A configuration file that can't be used, with everything that is wrong in it. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ArrayList<ConfigError> errors;

    /** @param errors at least one, in the order of the file */
    public ConfigException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::toString).collect(joining("\n")));
        this.errors = new ArrayList<>(errors);
    }

    public List<ConfigError> errors() {
        return List.copyOf(errors);
    }
}
