package io.jlvs.cli;

import picocli.CommandLine.Command;

/** {@code jlvs plugins}. */
@Command(name = "plugins", description = "Shows the plugins, what they offer, and why a jar was rejected.")
final class PluginsCommand extends ShowCommand {

    PluginsCommand() {
        this(ControlClient.ofEnvironment());
    }

    PluginsCommand(ControlClient client) {
        super(client, "/plugins");
    }
}
