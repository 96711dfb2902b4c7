package io.jlvs.engine.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of the control socket. It is bound under a hidden name and shown once its permission is right, so that nobody
 * can connect before.
 */
final class SocketFile {

    private final Path shown;
    private final Path hidden;

    SocketFile(Path shown) {
        this.shown = shown.toAbsolutePath();
        this.hidden = this.shown.resolveSibling("." + shown.getFileName() + ".new");
    }

    Path hidden() {
        return hidden;
    }

    /**
     * Removes what a dead engine has left.
     *
     * @throws IllegalStateException if a living one answers
     */
    void makeRoom() throws IOException {
        if (Files.exists(shown) && answers()) {
            throw new IllegalStateException(
                    "another engine answers at " + shown + ": stop it first, or set control.socket to another path");
        }
        Files.createDirectories(shown.resolveSibling("."));
        Files.deleteIfExists(hidden);
    }

    void show() throws IOException {
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-rw----"));
        Files.move(hidden, shown, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() {
        try {
            Files.deleteIfExists(shown);
        } catch (IOException _) {
            // the next start removes it
        }
    }

    private boolean answers() {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(shown));
        } catch (IOException _) {
            return false;
        }
    }
}
