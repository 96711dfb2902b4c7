package io.jlvs.engine.http;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the console.
 *
 * @param type its media type
 * @param tag its entity tag (RFC 9110, 8.8.3): another one for other content
 */
record Asset(Buffer content, String type, String tag) {

    static Asset of(byte[] content, String type) {
        return new Asset(Buffer.buffer(content), type, '"' + hash(content) + '"');
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
