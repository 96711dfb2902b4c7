package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlvs.e2e.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every dashboard has the form that Grafana wants, and has data, and is drawn, when directors are under load. */
class DashboardsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PATIENCE_PER_PANEL = Duration.ofSeconds(30);
    private static final Duration SHOWN = Duration.ofSeconds(60);

    /** What the relay has not: it drops no packets and has no tables. */
    private static final Pattern KERNEL =
            Pattern.compile("jlvs_datapath_(dropped|asked|events_lost|table|sweep)|_packets_total");

    private static Stage stage;
    private static Prometheus prometheus;

    @BeforeAll
    static void start() {
        assumeTrue(Prometheus.isInstalled(), "prometheus is not installed (Debian package prometheus)");
        stage = Stage.open();
        if (!stage.hasKernel()) {
            System.out.println("panels of the kernel data path are not checked: " + Lab.whyNot());
        }
        prometheus = stage.prometheus();
        await("an alert fires")
                .atMost(PATIENCE)
                .until(() -> prometheus.values("ALERTS{alertstate=\"firing\"}").length > 0);
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void hasDataForThePanel(Dashboard.Query query) {
        assumeTrue(stage.hasKernel() || !isOfKernel(query), "only the kernel data path has it");
        var expression = query.dashboard().substituted(query.expression(), stage.choices());

        await(query.toString())
                .atMost(PATIENCE_PER_PANEL)
                .untilAsserted(() -> assertThat(
                                DoubleStream.of(prometheus.values(expression)).boxed())
                        .as(expression)
                        .anyMatch(Double::isFinite));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasValuesForEveryVariable(Dashboard dashboard) {
        assertThat(dashboard.variables())
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(prometheus.labelValues(
                                dashboard.substituted(variable.selector(), stage.choices()), variable.label()))
                        .as(variable.name())
                        .isNotEmpty());
    }

    @Test
    void isWhatItsSourceSays() {
        Render.assumePossible("node", "npm");

        Render.current().successful();
    }

    @Test
    void hasTheFormThatGrafanaWants() {
        Render.assumePossible("node", "npm");

        Render.schema().successful();
    }

    @Test
    void isDrawnByGrafanasComponents(@TempDir Path folder) {
        Render.assumePossible("node", "npm", "chromium");
        var drawable = dashboards().stream()
                .filter(dashboard -> stage.hasKernel() || dashboard.queries().noneMatch(DashboardsTest::isOfKernel))
                .toList();

        var drawn = Render.pictures(prometheus, folder, SHOWN, stage.chosen(drawable));

        System.out.println(drawn.output().strip());
        drawn.successful();
        assertThat(folder.toFile().list()).hasSameSizeAs(drawable);
    }

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    static Stream<Dashboard.Query> queries() {
        return dashboards().stream().flatMap(Dashboard::queries);
    }

    private static boolean isOfKernel(Dashboard.Query query) {
        return KERNEL.matcher(query.expression()).find() && !query.expression().contains("or vector(0)");
    }
}
