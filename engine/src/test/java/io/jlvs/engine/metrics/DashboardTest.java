package io.jlvs.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be said of the dashboard without Grafana; its expressions are run in the end-to-end tests. */
class DashboardTest {

    private static List<JsonObject> panels = List.of();
    private static JsonObject dashboard = new JsonObject();

    @BeforeAll
    static void read() throws IOException {
        dashboard = new JsonObject(Files.readString(Path.of("..", "grafana", "dashboards", "overview.json")));
        panels = dashboard.getJsonArray("panels").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void panelsHaveAnIdAndATitleOfTheirOwn() {
        assertThat(panels).extracting(panel -> panel.getInteger("id")).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.getString("title")).doesNotHaveDuplicates();
    }

    @Test
    void panelsSayWhatTheyShow() {
        assertThat(panels)
                .filteredOn(panel -> !panel.getString("type").equals("row"))
                .allMatch(panel -> panel.getString("description").endsWith("."));
    }

    @Test
    void panelsDoNotOverlap() {
        var taken = new HashSet<String>();
        for (var panel : panels) {
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

    @Test
    void asksTheDataSourceThatIsChosen() {
        assertThat(panels)
                .flatExtracting(DashboardTest::targets)
                .isNotEmpty()
                .allMatch(target ->
                        target.getJsonObject("datasource").getString("uid").equals("${datasource}"));
    }

    @Test
    void asksForMetricsThatExist() {
        var asked = panels.stream()
                .flatMap(panel -> targets(panel).stream())
                .flatMap(target -> Pattern.compile("(?<!:)\\bjlvs_[a-z_]+(?![a-z_:])")
                        .matcher(target.getString("expr"))
                        .results())
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("(?<=seconds)_(bucket|count|sum)$", ""))
                .distinct();

        assertThat(Stream.of(Metric.values()).map(Metric::fullName)).containsAll(asked.toList());
    }

    @Test
    void leavesNoMetricOfARealServerOut() {
        var expressions = dashboard.encode();

        assertThat(Stream.of(
                        Metric.SERVER_CONNECTIONS,
                        Metric.SERVER_CONNECTIONS_ACTIVE,
                        Metric.SERVER_CONNECTIONS_INACTIVE,
                        Metric.SERVER_WEIGHT,
                        Metric.SERVER_CONNECT_LATENCY))
                .allMatch(metric -> expressions.contains(metric.fullName()));
    }

    private static List<JsonObject> targets(JsonObject panel) {
        var targets = panel.getJsonArray("targets");
        return targets == null
                ? List.of()
                : targets.stream().map(JsonObject.class::cast).toList();
    }
}
