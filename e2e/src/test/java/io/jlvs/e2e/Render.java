package io.jlvs.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The node project in {@code grafana/render}: Grafana's types and components. */
final class Render {

    private static final Path PROJECT = Product.source("grafana/render");
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** Once, also when it fails: without a network that takes minutes. */
    private static final class Fetched {
        static final Finished RESULT = run("./fetch");
    }

    private Render() {}

    /** Skips the test, and prints why, where these programs or Grafana's components can't be had; fetches those once. */
    static void assumePossible(String... programs) {
        var missing =
                Stream.of(programs).filter(program -> !Lab.isInstalled(program)).toList();
        assume(missing.isEmpty(), "not installed: " + String.join(", ", missing));
        assume(Fetched.RESULT.exit() == 0, "npm can't fetch Grafana's components: " + Fetched.RESULT.errors());
    }

    /** Whether the dashboards are what their source says. */
    static Finished current() {
        return run("node", "../source/write.mjs", "--check");
    }

    /** Checks every dashboard against Grafana's types. */
    static Finished schema() {
        return run("node", "schema.mjs");
    }

    /**
     * Draws dashboards as {@code NAME.png} in a folder; what is wrong with them is in the output.
     *
     * @param time how far back they look
     * @param dashboards names, with a choice for a variable if there is one: {@code service?service=10.0.0.1:80}
     */
    static Finished pictures(Prometheus prometheus, Path folder, Duration time, List<String> dashboards) {
        var command = Stream.of(
                "node",
                "pictures.mjs",
                "--prometheus=http://" + prometheus.address(),
                "--out=" + folder,
                "--seconds=" + time.toSeconds());
        return run(Stream.concat(command, dashboards.stream()).toArray(String[]::new));
    }

    private static void assume(boolean possible, String reason) {
        if (!possible) {
            System.out.println("dashboards are not checked with Grafana's components: " + reason);
        }
        assumeTrue(possible, reason);
    }

    private static Finished run(String... command) {
        return Finished.of(new ProcessBuilder(command).directory(PROJECT.toFile()), "", PATIENCE);
    }
}
