package io.jlvs.engine.ipvsadm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of the real ipvsadm, and what came of it.
 *
 * @param file the recording's name
 * @param line where in the recording it is, from 1
 */
record Recorded(String file, int line, List<String> words, String stdin, Output output) {

    /** The commands of a recording; shell commands of its environment and notes are left out. */
    static List<Recorded> in(Path file) {
        var commands = new ArrayList<Recorded>();
        var lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            var entry = new JsonObject(lines.get(i));
            if (entry.getValue("argv") instanceof JsonArray words) {
                commands.add(new Recorded(
                        file.getFileName().toString().replace(".jsonl", ""),
                        i + 1,
                        words.stream().skip(1).map(String::valueOf).toList(),
                        entry.getString("stdin"),
                        new Output(entry.getInteger("exit"), entry.getString("stdout"), entry.getString("stderr"))));
            }
        }
        return commands;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 03-tcp-basic 7}, as lists of commands have it. */
    String place() {
        return file + " " + line;
    }

    @Override
    public String toString() {
        return line + ": ipvsadm " + String.join(" ", words);
    }
}
