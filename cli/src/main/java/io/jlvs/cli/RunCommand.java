package io.jlvs.cli;

import picocli.CommandLine.Command;

/** Listed for help only: the launcher starts the engine for it. */
@Command(name = "run", description = "Runs the director (--config FILE) until it is told to stop.")
final class RunCommand extends EngineCommand {}
