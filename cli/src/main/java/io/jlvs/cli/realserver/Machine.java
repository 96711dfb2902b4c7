package io.jlvs.cli.realserver;

import java.nio.file.Path;
import java.util.Optional;

/** What a machine says of itself, as the network namespace of this process has it. Asking changes nothing. */
interface Machine {

    /** What a command prints, if it goes well. */
    Optional<String> ask(String... command);

    /** What a file holds, without white space around it; nothing if it can't be read. */
    Optional<String> read(Path file);

    /** A number that tells the network namespace from all others that exist now. */
    String namespace();
}
