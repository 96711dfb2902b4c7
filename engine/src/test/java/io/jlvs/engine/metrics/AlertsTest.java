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
    private static final Pattern NO_METRIC =
            Pattern.compile("\\b(on|by|without|ignoring|group_left)\\s*\\([^)]*\\)|\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"");
    private static final Pattern METRIC = Pattern.compile("\\bup\\b|\\b[a-z][a-z0-9]*[_:][a-z0-9_:]+\\b(?!\\s*\\()");

    @Test
    void everyAlertHasATestThatFiresAndOneThatStaysSilent() throws IOException {
        var tests = Stream.concat(
                        at(yaml(RULES.resolve("tests/alerts.yml")), "tests"),
                        at(yaml(RULES.resolve("tests/alerts-minute.yml")), "tests"))
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
    void everyAlertSaysHowUrgentItIsAndWhatIsWrong() throws IOException {
        for (var alert : alerts()) {
            assertThat(text(get(alert, "labels"), "severity")).isIn("critical", "warning", "info");
            assertThat(text(get(alert, "annotations"), "summary"))
                    .contains("{{ $labels.")
                    .endsWith(".");
            assertThat(text(get(alert, "annotations"), "description")).endsWith(".");
        }
    }

    /** A family of metrics that others made is documented as a whole; the end-to-end tests show that each is there. */
    @Test
    void rulesAskForWhatIsDocumented() throws IOException {
        var document = Files.readString(ROOT.resolve("docs/metrics.md"));
        var recorded = names(rules("recording.yml"), "record");

        assertThat(asked())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(document.contains("| `" + name + "` |")
                                || document.contains("`" + name.replaceFirst("_.*", "_*") + "`")
                                || recorded.contains(name)
                                || name.equals("up"))
                        .as(name)
                        .isTrue());
    }

    @Test
    void recordingRulesAreNamedByLevelMetricAndOperation() throws IOException {
        assertThat(names(rules("recording.yml"), "record"))
                .allMatch(name -> name.matches("(server|service|director):jlvs_[a-z_]+:[a-z0-9_]+"));
    }

    private static Set<String> asked() throws IOException {
        return Stream.concat(rules("recording.yml").stream(), alerts().stream())
                .map(rule -> NO_METRIC.matcher(text(rule, "expr")).replaceAll(" "))
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("(?<=seconds)_(bucket|count|sum)$", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> alertNames() throws IOException {
        return names(alerts(), "alert");
    }

    private static Set<String> names(List<Object> rules, String key) {
        return rules.stream().map(rule -> text(rule, key)).collect(Collectors.toSet());
    }

    private static Set<String> alertNames(List<Object> tests, boolean silent) {
        return tests.stream()
                .filter(test -> at(test, "exp_alerts").findAny().isEmpty() == silent)
                .map(test -> text(test, "alertname"))
                .collect(Collectors.toSet());
    }

    private static List<Object> alerts() throws IOException {
        return rules("alerts.yml");
    }

    private static List<Object> rules(String file) throws IOException {
        return at(yaml(RULES.resolve(file)), "groups")
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
