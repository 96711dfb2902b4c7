package io.jlvs.engine.bus;

import io.jlvs.api.bus.BusAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The JSON Schemas of the payloads, as the api publishes them. */
public final class Schemas {

    private static final String SHARED = "/io/jlvs/api/bus/model.json";

    /** Keywords that only say that one below them failed. */
    private static final Set<String> COMPOSING =
            Set.of("$ref", "properties", "items", "if", "then", "else", "allOf", "anyOf", "oneOf");

    private static final Set<String> CLOSING = Set.of("additionalProperties", "unevaluatedProperties");

    private final SchemaRepository repository = SchemaRepository.create(new JsonSchemaOptions()
            .setBaseUri("jlvs://schema/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));

    public Schemas() {
        all().map(Schemas::load).forEach(schema -> repository.dereference(JsonSchema.of(schema)));
    }

    /** The resources with schemas, each once: what all share, of payloads, of replies. */
    static Stream<String> all() {
        return Stream.of(
                        Stream.of(SHARED),
                        Stream.of(BusAddress.values()).map(BusAddress::schema),
                        Stream.of(BusAddress.values()).map(BusAddress::reply).flatMap(Optional::stream))
                .flatMap(schemas -> schemas)
                .distinct();
    }

    /** What is wrong in a payload, each with its place, such as {@code $.server.port: ...}; empty when nothing is. */
    public List<String> errors(BusAddress address, JsonObject payload) {
        return errors(address.schema(), payload);
    }

    /** The same by the schema of a resource, such as {@link BusAddress#reply()}. */
    public List<String> errors(String schema, JsonObject json) {
        var result = repository.validator(load(schema).getString("$id")).validate(json);
        return Boolean.TRUE.equals(result.getValid()) ? List.of() : tellingErrors(result.getErrors());
    }

    static JsonObject load(String resource) {
        try (var in = BusAddress.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + resource + " is missing in the jar of the api");
            }
            return new JsonObject(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The validator tells of each level on the way up; what helps is the lowest one, and keys that no level knows. */
    private static List<String> tellingErrors(List<OutputUnit> all) {
        var assertions = all.stream()
                .filter(error -> !COMPOSING.contains(keyword(error)) && !CLOSING.contains(keyword(error)))
                .toList();
        var told = new LinkedHashSet<String>();
        assertions.forEach(error -> told.add(place(error) + ": " + error.getError()));
        all.stream()
                .filter(error -> CLOSING.contains(keyword(error)))
                .filter(error -> all.stream().noneMatch(other -> isBelow(other, error)))
                .forEach(error -> told.add(place(error) + ": unknown key"));
        return List.copyOf(told);
    }

    /** Whether one error is the reason of another: in the same place or deeper, and not itself about unknown keys. */
    private static boolean isBelow(OutputUnit other, OutputUnit error) {
        var deeper = other.getInstanceLocation().startsWith(error.getInstanceLocation() + "/");
        var same = other.getInstanceLocation().equals(error.getInstanceLocation());
        return deeper || (same && !CLOSING.contains(keyword(other)));
    }

    private static String keyword(OutputUnit error) {
        var location = error.getKeywordLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** {@code #/servers/0/port} as {@code $.servers[0].port}. */
    private static String place(OutputUnit error) {
        return error.getInstanceLocation()
                .replaceFirst("^#", "\\$")
                .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replace('/', '.');
    }
}
