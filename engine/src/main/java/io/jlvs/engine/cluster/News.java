package io.jlvs.engine.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each director told of itself last: {@code {"version","configuration"}}; other keys are left out. */
final class News {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final Map<String, JsonObject> last = new ConcurrentHashMap<>();

    static byte[] encode(String version, long configuration) {
        return JsonObject.of("version", version, "configuration", configuration)
                .toBuffer()
                .getBytes();
    }

    void heard(String from, byte[] content) {
        try {
            last.put(from, new JsonObject(Buffer.buffer(content)));
        } catch (DecodeException e) {
            LOG.warn("{} tells what can't be read: {}", from, e.getMessage());
        }
    }

    /** Empty when it has told nothing since this director started. */
    Optional<JsonObject> of(String director) {
        return Optional.ofNullable(last.get(director));
    }
}
