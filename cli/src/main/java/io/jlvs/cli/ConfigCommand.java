package io.jlvs.cli;

import picocli.CommandLine.Command;

/** Listed for help only: the launcher starts the engine's own reader for it. */
@Command(name = "config", description = "config check FILE: names every error in a jlvs.yaml with its line.")
final class ConfigCommand extends EngineCommand {}
