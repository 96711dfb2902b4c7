package io.jlvs.cli.realserver;

import picocli.CommandLine.Command;

/** {@code jlvs realserver}: for the machines behind the director. */
@Command(
        name = "realserver",
        description = "Prepares this machine as a real server for dr and tun (root, no engine needed).",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {SetupCommand.class, TeardownCommand.class})
public final class RealServerCommand {}
