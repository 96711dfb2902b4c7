package io.jlvs.engine.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this director is called by others: the name of its machine, unless it was given another. */
public final class DirectorName {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private DirectorName() {}

    /** The machine's own name; {@code localhost} where it can't be read. */
    public static String ofHost() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException _) {
            return "localhost";
        }
    }
}
