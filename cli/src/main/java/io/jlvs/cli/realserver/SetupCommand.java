package io.jlvs.cli.realserver;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code jlvs realserver setup}. */
@Command(
        name = "setup",
        description = "Takes packets for the virtual addresses and keeps quiet about them. Again does no harm.",
        mixinStandardHelpOptions = true)
final class SetupCommand extends PlanCommand {

    @Override
    List<Step> plan(Plans plans, Request request) throws IOException {
        return plans.setup(request);
    }
}
