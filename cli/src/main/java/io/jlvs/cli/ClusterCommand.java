package io.jlvs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jlvs cluster}. */
@Command(
        name = "cluster",
        description = "Directors that share their services and take over from each other.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ClusterCommand.Status.class, ClusterCommand.Keys.class, ClusterCommand.Alone.class})
final class ClusterCommand {

    /** {@code jlvs cluster status}. */
    @Command(name = "status", description = "Shows who is here, who leads and who holds the addresses.")
    static final class Status extends ShowCommand {

        Status() {
            super(ControlClient.ofEnvironment(), "/cluster");
        }
    }

    /** {@code jlvs cluster keys}. Exit codes: 0 made, 2 not. */
    @Command(
            name = "keys",
            description = "Makes a key file. Who has it is a member: copy it to all directors, to nobody else.")
    static final class Keys implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "is not overwritten")
        private Path file;

        @SuppressWarnings("NullAway.Init") // picocli sets them
        Keys() {}

        @Override
        public Integer call() {
            try {
                make();
                return 0;
            } catch (IOException e) {
                spec.commandLine().getErr().println("jlvs: " + e.getMessage());
                return 2;
            }
        }

        /** By the JDK's own tool, next to the java that runs this: Java has no API for making certificates. */
        private void make() throws IOException {
            if (Files.exists(file)) {
                throw new IOException(file + " is there already: remove it, if no director needs it any more");
            }
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "cluster",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            "36500",
                            "-dname",
                            "CN=jlvs-cluster",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "jlvs-cluster",
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            var told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.onExit().join().exitValue() != 0) {
                throw new IOException("keytool can't make " + file + ": " + told.strip());
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** {@code jlvs cluster alone}. Exit codes: 0 it decides alone, 2 not. */
    @Command(
            name = "alone",
            description = "Lets this director change things although it sees no majority, until the others are back.")
    static final class Alone implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--others-are-off",
                required = true,
                description = "you have made sure of it: what they agree on meanwhile would be lost")
        private boolean sure;

        @SuppressWarnings("NullAway.Init") // picocli sets them
        Alone() {}

        @Override
        public Integer call() {
            try {
                var out = spec.commandLine().getOut();
                out.print(ControlClient.ofEnvironment().post("/cluster/alone").text());
                out.flush();
                return sure ? 0 : 2;
            } catch (IOException e) {
                spec.commandLine().getErr().println("jlvs: " + e.getMessage());
                return 2;
            }
        }
    }
}
