package io.jlvs.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A log line as a JSON object: {@code timestamp} (RFC 3339, UTC), {@code level}, {@code logger}, {@code message}, {@code
 * error} with the stack trace where there is one, and the line's own keys. Named in {@code logback-json.xml}.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new JsonObject()
                .put("timestamp", event.getInstant().toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("message", event.getFormattedMessage());
        Optional.ofNullable(event.getKeyValuePairs())
                .ifPresent(pairs -> pairs.forEach(pair -> line.put(pair.key, value(pair.value))));
        Optional.ofNullable(event.getThrowableProxy())
                .ifPresent(thrown -> line.put("error", ThrowableProxyUtil.asString(thrown)));
        return (line.encode() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Object value(Object value) {
        return value instanceof JsonObject || value instanceof Number || value instanceof Boolean
                ? value
                : String.valueOf(value);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
