package io.jlvs.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A file of random bytes in the folder of a lab.
 *
 * @param sha256 in hex
 */
public record Payload(Path file, String sha256) {

    private static final int CHUNK = 1 << 20;

    /** Writes one. */
    public static Payload of(Lab lab, String name, int mebibytes) {
        var file = lab.folder().resolve(name);
        var digest = newDigest();
        try (var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            var random = RandomGenerator.of("Xoshiro256PlusPlus");
            var chunk = new byte[CHUNK];
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(file, HexFormat.of().formatHex(digest.digest()));
    }

    /** The name of the file in its folder. */
    public String name() {
        return file.getFileName().toString();
    }

    /** The SHA-256 of any file, in hex. */
    public static String sha256(Path file) {
        var digest = newDigest();
        try (var in = Files.newInputStream(file)) {
            var chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
