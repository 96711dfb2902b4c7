package io.jlvs.e2e;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Lab;
import io.jlvs.e2e.lab.Product;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Debian's Prometheus with the configuration that the product ships, only faster: it does everything each second. */
final class Prometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DIRECTOR = "127.0.0.1:9095";

    private final Sandbox sandbox = new Sandbox("prometheus");
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address = "127.0.0.1:" + Sandbox.freePort();

    /** Starts one that scrapes what is written like {@code targets.yml}, and waits until it answers. */
    static Prometheus startWith(String targets) {
        return start(targets, Map.of(DIRECTOR, "127.0.0.1:" + Sandbox.freePort()));
    }

    /**
     * Starts one with all jobs, those too that it is shipped without, and waits until it answers.
     *
     * @param targets what is written like {@code targets.yml}
     * @param teller a director that tells of directors and real servers
     * @param exporter what probes real servers
     */
    static Prometheus startWithAllJobs(String targets, String teller, String exporter) {
        return start(
                targets, Map.of(DIRECTOR, teller, "127.0.0.1:9115", exporter, "$1:9100", exporter, "\n#  ", "\n  "));
    }

    private static Prometheus start(String targets, Map<String, String> jobs) {
        var prometheus = new Prometheus();
        try {
            prometheus.launch(targets, jobs);
            return prometheus;
        } catch (RuntimeException | Error e) {
            prometheus.close();
            throw e;
        }
    }

    static boolean isInstalled() {
        return Lab.isInstalled("prometheus");
    }

    /** Where it listens: {@code 127.0.0.1:34567}. */
    String address() {
        return address;
    }

    /** The values that an expression has now; fails with Prometheus' own words when it is none. */
    double[] values(String expression) {
        return objects(get("query?query=" + encode(expression)).getJsonArray("result"))
                .flatMapToDouble(sample -> DoubleStream.of(
                        Double.parseDouble(sample.getJsonArray("value").getString(1))))
                .toArray();
    }

    /** The values that a label has in the series of a selector. */
    List<String> labelValues(String selector, String label) {
        var path = "label/" + label + "/values?match[]=".replace("[]", encode("[]")) + encode(selector);
        return getArray(path).stream().map(Object::toString).toList();
    }

    /** Every rule with its state, as {@code /api/v1/rules} has it. */
    List<JsonObject> rules() {
        return objects(get("rules").getJsonArray("groups"))
                .flatMap(group -> objects(group.getJsonArray("rules")))
                .toList();
    }

    @Override
    public void close() {
        client.close();
        sandbox.close();
    }

    private void launch(String targets, Map<String, String> jobs) {
        var configuration = sandbox.copy(Product.source("prometheus"), "shipped");
        sandbox.write("shipped/targets.yml", targets);
        var scraping = configuration.resolve("prometheus.yml");
        rewrite(scraping, "_interval: 5s", "_interval: 1s");
        rewrite(scraping, "refresh_interval: 30s", "refresh_interval: 1s");
        jobs.forEach((shipped, here) -> rewrite(scraping, shipped, here));
        rewrite(configuration.resolve("rules/recording.yml"), "interval: 1m", "interval: 1s");
        rewrite(configuration.resolve("rules/alerts.yml"), "interval: 1m", "interval: 1s");
        sandbox.start(
                "prometheus.log",
                List.of(
                        "prometheus",
                        "--config.file=" + configuration.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + sandbox.folder().resolve("data"),
                        "--web.listen-address=" + address));
        await("prometheus answers").atMost(PATIENCE).ignoreExceptions().until(() -> !rules().isEmpty());
    }

    private static void rewrite(Path file, String old, String replacement) {
        try {
            var text = Files.readString(file);
            if (!text.contains(old)) {
                throw new IllegalStateException(file + " has no '" + old + "'");
            }
            Files.writeString(file, text.replace(old, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject get(String path) {
        return answer(path).getJsonObject("data");
    }

    private JsonArray getArray(String path) {
        return answer(path).getJsonArray("data");
    }

    private JsonObject answer(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path))
                .timeout(PATIENCE)
                .build();
        try {
            var answer =
                    new JsonObject(client.send(request, BodyHandlers.ofString()).body());
            if (!answer.getString("status").equals("success")) {
                throw new AssertionError(path + ": " + answer.getString("error"));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
