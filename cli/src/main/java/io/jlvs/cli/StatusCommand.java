package io.jlvs.cli;

import picocli.CommandLine.Command;

/** {@code jlvs status}. */
@Command(name = "status", description = "Shows what the director does.")
final class StatusCommand extends ShowCommand {

    @Override
    String path() {
        return "/status";
    }
}
