package io.jlvs.cli.realserver;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code jlvs realserver teardown}. */
@Command(
        name = "teardown",
        description = "Takes back what setup did with the same options; kernel parameters get their old values.",
        mixinStandardHelpOptions = true)
final class TeardownCommand extends PlanCommand {

    @Override
    List<Step> plan(Plans plans, Request request) throws IOException {
        return plans.teardown(request);
    }
}
