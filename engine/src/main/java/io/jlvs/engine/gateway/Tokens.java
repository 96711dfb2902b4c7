package io.jlvs.engine.gateway;

import io.jlvs.engine.bus.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has a token, by a file with lines {@code ROLE NAME SHA256HEX}: the hash of a token, which nobody can guess who has the
 * file alone. Others may not read it all the same. For any thread.
 */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final Pattern LINE =
            Pattern.compile("(observer|operator)\\s+([A-Za-z0-9._-]{1,64})\\s+([0-9a-fA-F]{64})");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final @Nullable Path file;
    private volatile List<Holder> holders = List.of();
    private volatile Object version = "";

    /**
     * Who has a token.
     *
     * @param sha256 of the token, as 64 hexadecimal digits in lower case
     */
    public record Holder(Role role, String name, String sha256) {}

    private Tokens(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Reads a file; without one nobody has a token.
     *
     * @throws IllegalStateException that says what is wrong with it and where
     */
    public static Tokens of(Optional<Path> file) {
        var tokens = new Tokens(file.orElse(null));
        file.ifPresent(tokens::read);
        return tokens;
    }

    /** Whose token it is. Takes as long for one that is nearly right as for any other. */
    Optional<Holder> find(String token) {
        var hash = hash(token);
        Optional<Holder> found = Optional.empty();
        for (var holder : holders) {
            if (MessageDigest.isEqual(HexFormat.of().parseHex(holder.sha256()), hash)) {
                found = Optional.of(holder);
            }
        }
        return found;
    }

    /** Whether a holder's token is still good. */
    boolean isGood(Holder holder) {
        return holders.contains(holder);
    }

    /** Reads the file again if it is another one. What is wrong with it is logged, and all stays as it was. Blocks. */
    synchronized void refresh() {
        try {
            if (file != null && !version(file).equals(version)) {
                read(file);
                LOG.info("{} has {} tokens now", file, holders.size());
            }
        } catch (IllegalStateException e) {
            LOG.warn("the tokens stay as they were: {}", e.getMessage());
        }
    }

    private void read(Path path) {
        try {
            var now = version(path);
            if (Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains)) {
                throw new IllegalStateException(
                        path + " (access.tokens) is open to others: take that from them with 'chmod 640 " + path + "'");
            }
            holders = parse(path, Files.readAllLines(path));
            version = now;
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + path + " (access.tokens)", e);
        }
    }

    private static List<Holder> parse(Path path, List<String> lines) {
        var found = new ArrayList<Holder>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).replaceFirst("#.*", "").strip();
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                found.add(new Holder(
                        role(matcher.group(1)),
                        matcher.group(2),
                        matcher.group(3).toLowerCase(Locale.ROOT)));
            } else if (!line.isEmpty()) {
                throw new IllegalStateException(path + ":" + (i + 1)
                        + ": expected 'observer' or 'operator', a name and 64 hexadecimal digits, as 'jlvs token' prints"
                        + " them");
            }
        }
        return List.copyOf(found);
    }

    private static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Another one for other content, as far as the file system tells; unlike any when the file can't be looked at. */
    private static Object version(Path path) {
        try {
            var attributes = Files.readAttributes(path, PosixFileAttributes.class);
            return List.of(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    attributes.permissions(),
                    String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            throw new IllegalStateException("can't read " + path + " (access.tokens)", e);
        }
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
