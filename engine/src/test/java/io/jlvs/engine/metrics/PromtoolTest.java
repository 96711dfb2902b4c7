package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.ConnectionScheduled.How;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus' own checker says of a scrape, and the rules and their tests. */
class PromtoolTest {

    private static final Path PROMETHEUS =
            Path.of("..", "prometheus").toAbsolutePath().normalize();

    @Test
    void findsNothingWrongWithAScrape() throws Exception {
        try (var fixture = new MetricsFixture()) {
            var server = Endpoint.of("10.0.0.1", 8080);
            var key = ServiceKey.tcp("10.0.0.100", 80);
            fixture.director.addService(key, RealServer.of(server, "nat", 1));
            fixture.publish(BusAddress.EVENT_CONNECTION, Events.scheduled(key, server, How.SCHEDULER, 300));
            fixture.director.dataPath.recordConnect(new ServerId(key, server), 1_000_000);

            assertThat(promtool(fixture.scrape(), "check", "metrics")).isEmpty();
        }
    }

    @Test
    void takesConfigurationAndRules() throws Exception {
        assertThat(promtool("", "check", "config", "prometheus.yml")).doesNotContain("FAILED", "exit");
    }

    @Test
    void passesTheTestsOfTheRules() throws Exception {
        var tests =
                Stream.of("alerts.yml", "alerts-minute.yml", "recording.yml").map("rules/tests/"::concat);

        assertThat(promtool("", Stream.concat(Stream.of("test", "rules"), tests).toArray(String[]::new)))
                .doesNotContain("FAILED", "exit");
    }

    private static String promtool(String input, String... arguments) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "promtool is not installed (Debian package prometheus)");
        var command = new ProcessBuilder("promtool");
        command.command().addAll(Arrays.asList(arguments));
        var process =
                command.directory(PROMETHEUS.toFile()).redirectErrorStream(true).start();
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : output + "exit " + process.exitValue();
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
