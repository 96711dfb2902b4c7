package io.jlvs.e2e.recorded;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A recording: commands with their output, and what clients and servers saw, in order.
 *
 * @param name of its file in {@code recorded}
 */
record Recording(String name, List<Entry> entries) {

    sealed interface Entry {
        /** What was done before; the same for several entries in a row. */
        String step();
    }

    /** @param host {@code d} the director, {@code c} the client */
    record Command(String step, String host, String line, String output) implements Entry {}

    record Said(String step, String text) implements Entry {}

    static Recording named(String name) {
        try (var file = Recording.class.getResourceAsStream("/recorded/" + name + ".jsonl")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no recording " + name);
            }
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Recording(
                    name, text.lines().map(line -> entry(new JsonObject(line))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(JsonObject line) {
        var step = line.getString("step");
        return line.containsKey("said")
                ? new Said(step, line.getString("said"))
                : new Command(step, line.getString("ns"), line.getString("cmd"), line.getString("output"));
    }
}
