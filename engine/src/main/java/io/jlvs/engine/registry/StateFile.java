package io.jlvs.engine.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.jlvs.api.json.ModelJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The form of a saved state: {@code {"format":1,"version":n,"services":[...]}}, and the way it gets onto the disk. */
public final class StateFile {

    private static final int FORMAT = 1;

    private StateFile() {}

    /** @throws IllegalArgumentException saying where the content is wrong */
    public static Configuration decode(byte[] content) {
        if (!(parse(content) instanceof JsonObject state)) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        if (!Integer.valueOf(FORMAT).equals(state.getValue("format"))) {
            throw new IllegalArgumentException("$.format: expected " + FORMAT + ", found " + state.getValue("format")
                    + ": not a state of this JLVS");
        }
        if (!(state.getValue("version") instanceof Number version)) {
            throw new IllegalArgumentException("$.version: expected a number, found " + state.getValue("version"));
        }
        return new Configuration(version.longValue(), ModelJson.serviceEntries(state));
    }

    /** The same as UTF-8. */
    public static byte[] encode(Configuration configuration) {
        var services = new JsonArray();
        configuration.services().forEach(entry -> services.add(ModelJson.toJson(entry)));
        return JsonObject.of("format", FORMAT, "version", configuration.version(), "services", services)
                .encodePrettily()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** On return the state is on the disk under its name; on failure the file is as it was. */
    static void write(Path file, Configuration configuration) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        writeAndSync(temporary, ByteBuffer.wrap(encode(configuration)));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (var entries = FileChannel.open(folder, READ)) {
            entries.force(true);
        }
    }

    private static void writeAndSync(Path file, ByteBuffer content) throws IOException {
        var readableByGroup = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
        try (var out = FileChannel.open(file, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), readableByGroup)) {
            while (content.hasRemaining()) {
                out.write(content);
            }
            out.force(true);
        }
    }

    private static Object parse(byte[] content) {
        try {
            return Json.decodeValue(Buffer.buffer(content));
        } catch (DecodeException e) {
            throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
        }
    }
}
