package io.jlvs.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A jar as it was read, whatever happens to its file from then on. */
final class JarContent {

    private final String jar;
    private final byte[] bytes;

    private JarContent(String jar, byte[] bytes) {
        this.jar = jar;
        this.bytes = bytes;
    }

    static JarContent read(Path file) throws RejectedException {
        try {
            return new JarContent(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new RejectedException("it can't be read", e);
        }
    }

    /** The jar's file name. */
    String jar() {
        return jar;
    }

    /** The same for the same content. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes it beside others, under a name that tells its content. */
    Path copyTo(Path folder) throws IOException {
        return Files.write(folder.resolve(jar.replaceFirst("\\.jar$", "-" + hash() + ".jar")), bytes);
    }
}
