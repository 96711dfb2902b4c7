package io.jlvs.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The node project in {@code grafana/render}: Grafana's types and components. */
final class Render {

    private static final Path PROJECT = Product.source("grafana/render");

    private Render() {}

    /** Skips the test, and prints why, where one of these programs is missing. */
    static void assumeInstalled(String... programs) {
        var missing =
                Stream.of(programs).filter(program -> !isInstalled(program)).toList();
        if (!missing.isEmpty()) {
            System.out.println("dashboards are not drawn: not installed: " + String.join(", ", missing));
        }
        assumeTrue(missing.isEmpty(), () -> "not installed: " + missing);
    }

    /** Skips the test, and prints why, where npm can't fetch what the project needs; fetches it the first time only. */
    static void assumeFetched() {
        var fetched = run("./fetch");
        if (fetched.exit() != 0) {
            System.out.println("dashboards are not drawn: npm failed: " + fetched.errors());
        }
        assumeTrue(fetched.exit() == 0, "npm can't fetch Grafana's components");
    }

    /** Checks every dashboard against Grafana's types. */
    static Finished schema() {
        return run("node", "schema.mjs");
    }

    /** Draws every dashboard as {@code NAME.png} in a folder; what is wrong with them is in the output. */
    static Finished pictures(Prometheus prometheus, Path folder, int seconds) {
        return run(
                "node",
                "pictures.mjs",
                "--prometheus=http://" + prometheus.address(),
                "--out=" + folder,
                "--seconds=" + seconds);
    }

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Finished run(String... command) {
        var whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        whole.addAll(List.of(command));
        return Finished.of(new ProcessBuilder(whole).directory(PROJECT.toFile()), "");
    }
}
