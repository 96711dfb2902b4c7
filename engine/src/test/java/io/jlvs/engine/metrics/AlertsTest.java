package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the alerting rules, their tests, the runbook and the metrics together. */
class AlertsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path RULES = ROOT.resolve("prometheus/rules");

    @Test
    void everyAlertHasATestThatFiresAndOneThatStaysSilent() throws IOException {
        var tests = at(yaml(RULES.resolve("tests/alerts.yml")), "tests")
                .flatMap(test -> at(test, "alert_rule_test"))
                .toList();

        assertThat(alertNames(tests, false)).isEqualTo(alertNames());
        assertThat(alertNames(tests, true)).isEqualTo(alertNames());
    }

    @Test
    void everyAlertLinksItsHeadingInTheRunbook() throws IOException {
        for (var alert : alerts()) {
            var link = text(get(alert, "annotations"), "runbook").split("#", 2);
            var headings = Files.readString(ROOT.resolve(link[0]))
                    .lines()
                    .filter(line -> line.startsWith("## "))
                    .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
                    .toList();

            assertThat(headings).contains(link[1]);
            assertThat(link[1]).isEqualTo(text(alert, "alert").toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void runbookHasNoHeadingWithoutItsAlert() throws IOException {
        var headings = Files.readString(ROOT.resolve("docs/runbook.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toSet());

        assertThat(headings).isEqualTo(alertNames());
    }

    @Test
    void rulesAskForMetricsThatExist() throws IOException {
        var rules = Files.readString(RULES.resolve("alerts.yml")) + Files.readString(RULES.resolve("recording.yml"));
        var asked = Pattern.compile("(?<!:)\\bjlvs_[a-z_]+(?![a-z_:])")
                .matcher(rules)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("(?<=seconds)_(bucket|count|sum)$", ""))
                .collect(Collectors.toSet());

        assertThat(asked).isNotEmpty();
        assertThat(Stream.of(Metric.values()).map(Metric::fullName)).containsAll(asked);
    }

    private static Set<String> alertNames() throws IOException {
        return alerts().stream().map(alert -> text(alert, "alert")).collect(Collectors.toSet());
    }

    private static Set<String> alertNames(List<Object> tests, boolean silent) {
        return tests.stream()
                .filter(test -> at(test, "exp_alerts").findAny().isEmpty() == silent)
                .map(test -> text(test, "alertname"))
                .collect(Collectors.toSet());
    }

    private static List<Object> alerts() throws IOException {
        return at(yaml(RULES.resolve("alerts.yml")), "groups")
                .flatMap(group -> at(group, "rules"))
                .toList();
    }

    private static Object yaml(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static Object get(Object node, String key) {
        return Objects.requireNonNull(((Map<?, ?>) node).get(key), key);
    }

    private static Stream<Object> at(Object node, String key) {
        return ((List<?>) get(node, key)).stream().map(Objects::requireNonNull);
    }

    private static String text(Object node, String key) {
        return get(node, key).toString();
    }
}
