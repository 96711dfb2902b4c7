package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the dashboards without Grafana; their expressions are run in the end-to-end tests. */
class DashboardTest {

    private static final Path FOLDER = Path.of("..", "grafana", "dashboards");
    private static final Pattern METRIC = Pattern.compile("(?<!:)\\bjlvs_[a-z_]+(?![a-z_:])");
    private static final Pattern ADDRESS = Pattern.compile("\"/d/(jlvs-[a-z-]+)\\?([^\"]*)\"");
    private static final Pattern CARRIED = Pattern.compile("var-(\\w+)=|\\$\\{(\\w+):queryparam}");

    static Stream<JsonObject> dashboards() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().map(DashboardTest::read).toList().stream();
        }
    }

    @Test
    void areSeven() throws IOException {
        assertThat(dashboards().map(dashboard -> dashboard.getString("uid")))
                .containsExactlyInAnyOrder(
                        "jlvs-overview",
                        "jlvs-service",
                        "jlvs-server",
                        "jlvs-datapath",
                        "jlvs-plugins-and-bus",
                        "jlvs-jvm",
                        "jlvs-cluster");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveAnIdAndATitleOfTheirOwn(JsonObject dashboard) {
        assertThat(panels(dashboard))
                .extracting(panel -> panel.getInteger("id"))
                .doesNotHaveDuplicates();
        assertThat(shown(dashboard))
                .extracting(panel -> panel.getString("title"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsSayWhatTheyShow(JsonObject dashboard) {
        assertThat(shown(dashboard))
                .allMatch(panel -> panel.getString("description").endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsDoNotOverlap(JsonObject dashboard) {
        var taken = new HashSet<String>();
        for (var panel : panels(dashboard)) {
            var place = panel.getJsonObject("gridPos");
            for (int x = 0; x < place.getInteger("w"); x++) {
                for (int y = 0; y < place.getInteger("h"); y++) {
                    int column = place.getInteger("x") + x;
                    assertThat(column).isLessThan(24);
                    assertThat(taken.add(column + "/" + (place.getInteger("y") + y)))
                            .as(panel.getString("title"))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksTheDataSourceThatIsChosen(JsonObject dashboard) {
        assertThat(shown(dashboard))
                .flatExtracting(panel -> objects(panel, "targets"))
                .isNotEmpty()
                .allMatch(target ->
                        target.getJsonObject("datasource").getString("uid").equals("${datasource}"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksForMetricsThatExist(JsonObject dashboard) {
        var asked = expressions(dashboard)
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("(?<=seconds)_(bucket|count|sum)$", ""))
                .distinct();

        assertThat(Stream.of(Metric.values()).map(Metric::fullName)).containsAll(asked.toList());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void looksAtTheDirectorsThatAreChosen(JsonObject dashboard) {
        assertThat(expressions(dashboard)).allMatch(expression -> expression.contains("instance=~\"$instance"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void leadsToDashboardsThatHaveTheVariablesItCarries(JsonObject dashboard) throws IOException {
        var variables = dashboards()
                .collect(Collectors.toMap(other -> other.getString("uid"), DashboardTest::namesOfVariables));

        ADDRESS.matcher(dashboard.encode())
                .results()
                .forEach(link -> assertThat(variables.get(link.group(1)))
                        .as(link.group())
                        .containsAll(carried(link.group(2))));
        assertThat(objects(dashboard, "links"))
                .anyMatch(link -> link.getBoolean("includeVars")
                        && link.getJsonArray("tags").contains("jlvs"));
    }

    @Test
    void leavesNoMetricOfOursOut() throws IOException {
        var all = dashboards().flatMap(DashboardTest::expressions).collect(Collectors.joining("\n"));

        assertThat(Stream.of(Metric.values()).map(Metric::fullName).filter(name -> name.startsWith("jlvs_")))
                .allMatch(all::contains);
    }

    private static Set<String> carried(String parameters) {
        return CARRIED.matcher(parameters)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> namesOfVariables(JsonObject dashboard) {
        return objects(dashboard.getJsonObject("templating"), "list").stream()
                .map(variable -> variable.getString("name"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> expressions(JsonObject dashboard) {
        return shown(dashboard).stream()
                .flatMap(panel -> objects(panel, "targets").stream())
                .map(target -> target.getString("expr"));
    }

    private static List<JsonObject> shown(JsonObject dashboard) {
        return panels(dashboard).stream()
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
    }

    private static List<JsonObject> panels(JsonObject dashboard) {
        return objects(dashboard, "panels");
    }

    private static List<JsonObject> objects(JsonObject parent, String key) {
        return parent.getJsonArray(key, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject read(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
