package io.jlvs.cli;

import picocli.CommandLine.Command;

/** {@code jlvs status}. */
@Command(name = "status", description = "Shows what the director does.")
final class StatusCommand extends ShowCommand {

    StatusCommand() {
        this(ControlClient.ofEnvironment());
    }

    StatusCommand(ControlClient client) {
        super(client, "/status");
    }
}
