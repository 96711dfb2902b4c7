package io.jlvs.cli;

import io.jlvs.cli.realserver.RealServerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code jlvs}. Its commands {@code run} and {@code config} are the engine's: the launcher starts that for them. */
@Command(
        name = "jlvs",
        description = "A layer-4 load balancer. Services are managed with ipvsadm.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "JLVS 0.1.0",
        subcommands = {
            RunCommand.class,
            StopCommand.class,
            StatusCommand.class,
            TopCommand.class,
            PluginsCommand.class,
            DrainCommand.class,
            SysctlCommand.class,
            TokenCommand.class,
            ClusterCommand.class,
            ConfigCommand.class,
            RealServerCommand.class
        })
public final class Jlvs {

    Jlvs() {}

    public static void main(String[] words) {
        System.exit(new CommandLine(new Jlvs()).execute(words.length == 0 ? new String[] {"--help"} : words));
    }
}
