package io.jlvs.engine.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files that say who has a token. */
public final class TokenFile {

    private TokenFile() {}

    /** The line for a token. */
    public static String line(String role, String name, String token) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return role + " " + name + " " + HexFormat.of().formatHex(hash) + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file that others may not read. */
    public static Path write(Path folder, String content) {
        try {
            var fresh = Files.writeString(folder.resolve("tokens.new"), content);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r-----"));
            return Files.move(fresh, folder.resolve("tokens"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
