package io.jlvs.engine.cluster;

import io.jlvs.api.Command;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.json.CommandJson;
import io.jlvs.engine.registry.Configuration;
import io.jlvs.engine.registry.StateFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a director asks all to agree on, one entry of the log. JSON: {@code {"format":1,"id","director", ...}}, then for
 * changes {@code "by","base","changes":[{"address","payload"}]}, for a first state {@code "state"}. Readers leave out keys
 * that they don't know.
 */
sealed interface Proposal {

    /** What this version writes. A reader takes entries up to its own. */
    int FORMAT = 1;

    /** Unlike any other proposal's. */
    String id();

    /** Who proposes it. */
    String director();

    /**
     * Commands, all or none.
     *
     * @param by on whose account
     * @param base the version of the state that they were tried on
     */
    record Changes(String id, String director, String by, long base, List<Command> commands) implements Proposal {}

    /** What a director brings into a cluster that has agreed on nothing yet. */
    record FirstState(String id, String director, Configuration state) implements Proposal {}

    /** Changes nothing: whoever has seen it has seen all before it. */
    record Mark(String id, String director) implements Proposal {}

    default byte[] encode() {
        var json = JsonObject.of("format", FORMAT, "id", id(), "director", director());
        switch (this) {
            case Changes made ->
                json.put("by", made.by()).put("base", made.base()).put("changes", changes(made.commands()));
            case FirstState first -> json.put("state", new JsonObject(Buffer.buffer(StateFile.encode(first.state()))));
            case Mark _ -> {}
        }
        return json.encode().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArray changes(List<Command> commands) {
        var array = new JsonArray();
        commands.forEach(command -> array.add(JsonObject.of(
                "address", CommandJson.address(command).address(), "payload", CommandJson.payload(command))));
        return array;
    }

    /** @throws IllegalArgumentException if it is not of this version or one before, or makes no sense */
    static Proposal decode(byte[] bytes, int offset, int length) {
        var json = new JsonObject(new String(bytes, offset, length, StandardCharsets.UTF_8));
        var format = json.getInteger("format", 0);
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException("a proposal of format " + format + ", known are 1 to " + FORMAT);
        }
        var id = json.getString("id");
        var director = json.getString("director");
        if (json.containsKey("changes")) {
            var commands = json.getJsonArray("changes").stream()
                    .map(change -> command((JsonObject) change))
                    .toList();
            return new Changes(id, director, json.getString("by"), json.getLong("base"), commands);
        }
        return json.containsKey("state")
                ? new FirstState(
                        id,
                        director,
                        StateFile.decode(json.getJsonObject("state").encode().getBytes(StandardCharsets.UTF_8)))
                : new Mark(id, director);
    }

    private static Command command(JsonObject change) {
        var name = change.getString("address");
        var address = Stream.of(BusAddress.values())
                .filter(known -> known.address().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a change by " + name + ", which is not known"));
        return CommandJson.command(address, change.getJsonObject("payload"));
    }

    /** The changes in few words, for the log. */
    static String inWords(List<Command> commands) {
        return commands.stream()
                .limit(3)
                .map(command -> CommandJson.address(command).address() + " " + CommandJson.payload(command))
                .collect(Collectors.joining("; "));
    }
}
