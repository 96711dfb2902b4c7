package io.jlvs.engine.config;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param line from 1, or 0 when the file could not be read at all
 * @param column from 1, likewise
 * @param message the key, what was expected and what was found
 */
public record ConfigError(String file, int line, int column, String message) {

    /** {@code jlvs.yaml:12: datapath: expected auto, user or ebpf, found 'fast'}. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
    }
}
