package io.jlvs.engine;

import io.jlvs.engine.config.ConfigException;
import io.jlvs.engine.config.EngineConfig;
import io.jlvs.engine.config.EngineConfig.Log.Format;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The engine's process: {@code run} and {@code config check}. Exit codes: 0 well, 1 refused or failed, 2 wrong words. */
@Command(
        name = "jlvs",
        subcommands = {Main.Run.class, Main.Config.class},
        description = "The JLVS director.")
public final class Main {

    public static void main(String[] words) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((e, _, _) -> complain(e))
                .execute(words));
    }

    private static int complain(Exception e) {
        switch (e) {
            case ConfigException wrong -> wrong.errors().forEach(System.err::println);
            case IllegalStateException _, UncheckedIOException _ -> System.err.println("jlvs: " + reasons(e));
            default -> e.printStackTrace();
        }
        return 1;
    }

    /** What failed, and below it why. */
    private static String reasons(Throwable e) {
        var cause = e.getCause();
        return e.getMessage() + (cause == null ? "" : ": " + cause);
    }

    @Command(name = "run", description = "Runs the director until it is told to stop (jlvs stop, SIGTERM, Ctrl-C).")
    static final class Run implements Callable<Integer> {

        @Option(names = "--config", paramLabel = "FILE", description = "jlvs.yaml; without it the defaults are taken")
        private @Nullable Path file;

        @Override
        public Integer call() {
            var config = file == null ? EngineConfig.defaults() : EngineConfig.read(file);
            useLog(config.log());
            var engine = Engine.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
            engine.awaitStop();
            return 0;
        }
    }

    /** Read by logback.xml when the first line is logged, which is later. */
    private static void useLog(EngineConfig.Log log) {
        System.setProperty("JLVS_LOG_FORMAT", format(log.format()).name().toLowerCase(Locale.ROOT));
        if (System.getenv("JLVS_LOG") == null) {
            System.setProperty("JLVS_LOG", log.level().name());
        }
    }

    /** The environment's, in any case, else the configured one: logback would be silent about a format it has no file for. */
    private static Format format(Format configured) {
        var said = System.getenv("JLVS_LOG_FORMAT");
        if (said == null || said.isEmpty()) {
            return configured;
        }
        return Arrays.stream(Format.values())
                .filter(format -> format.name().equalsIgnoreCase(said))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "JLVS_LOG_FORMAT in the environment: expected text or json, found '" + said + "'"));
    }

    @Command(name = "config", subcommands = Check.class, description = "Looks at configuration files.")
    static final class Config {}

    @Command(name = "check", description = "Checks a configuration file and names every error with its line.")
    static final class Check implements Callable<Integer> {

        @Parameters(paramLabel = "FILE")
        private Path file = Path.of("jlvs.yaml");

        @Override
        public Integer call() {
            EngineConfig.read(file);
            System.out.println(file + ": no errors");
            return 0;
        }
    }
}
