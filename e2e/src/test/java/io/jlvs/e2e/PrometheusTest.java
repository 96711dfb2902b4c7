package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Prometheus asks an engine under load everything that the rules ask. */
class PrometheusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 4;
    private static final Pattern GROUPING = Pattern.compile("\\b(on|ignoring|by|without)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(up|[a-z]+[_:][a-zA-Z0-9_:]*)\\b(?!\\s*\\()(\\{[^}]*})?(?![^{]*})");
    private static final Pattern ELSEWHERE = Pattern.compile("^jlvs_datapath_|cluster!=");

    private static final Deque<AutoCloseable> running = new ArrayDeque<>();
    private static Prometheus prometheus;
    private static String named = "";
    private static String told = "";
    private static List<String> probed = List.of();

    @BeforeAll
    static void start() {
        assumeTrue(Prometheus.isInstalled(), "prometheus is not installed (Debian package prometheus)");
        var servers = closing(NginxServers.start(2));
        var engine = closing(RunningEngine.start());
        var service = "127.0.0.1:" + Sandbox.freePort();
        engine.ipvsadm("-A", "-t", service, "-s", "rr");
        servers.names().forEach(name -> engine.ipvsadm("-a", "-t", service, "-r", servers.address(name), "-m"));
        closing(Load.start(service, CONNECTIONS));
        named = closing(RunningEngine.start()).httpAddress();
        told = engine.httpAddress();
        probed = servers.names().stream().map(servers::address).toList();
        prometheus = closing(Prometheus.startWithAllJobs(
                "- targets: [\"" + named + "\"]", told, closing(Prober.start()).address()));
        await("all recording rules have a value").atMost(PATIENCE).until(PrometheusTest::isRecording);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Test
    void scrapesTheDirectorsThatAFileNamesAndThoseThatOneOfThemTellsOf() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.labelValues("up{job=\"jlvs\"}", "instance"))
                        .containsExactlyInAnyOrder(named, told));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(prometheus.values("up{job=\"jlvs\"}")).containsExactly(1, 1));
    }

    @Test
    void probesTheRealServersThatADirectorTellsOf() {
        assumeTrue(Prober.isInstalled(), "no blackbox exporter (Debian package prometheus-blackbox-exporter)");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(prometheus.values("probe_success{job=\"real-servers\", scheduler=\"rr\"}"))
                                .containsExactly(1, 1));
        assertThat(prometheus.labelValues("probe_success", "server")).containsExactlyInAnyOrderElementsOf(probed);
        assertThat(prometheus.labelValues("probe_success", "instance")).containsExactlyInAnyOrderElementsOf(probed);
    }

    @Test
    void scrapesTheMachineOfManyServersOnce() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(prometheus.values("up{job=\"nodes\"}")).hasSize(1));
    }

    @Test
    void hasDataForEveryRecordingRule() {
        assertThat(rules("recording"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(prometheus.values(rule.getString("name")))
                        .as(rule.getString("name"))
                        .isNotEmpty()
                        .doesNotContain(Double.NaN));
    }

    @Test
    void evaluatesEveryRuleWithoutError() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .extracting(rule -> rule.getString("health"))
                        .containsOnly("ok"));
    }

    /**
     * An alert is silent when all is well, and would be too if what it asks for did not exist. What only the kernel path or a
     * cluster has is left out here.
     */
    @Test
    void hasDataForWhatEveryAlertAsks() {
        assertThat(rules("alerting"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(selectors(rule.getString("query")))
                        .as(rule.getString("name"))
                        .filteredOn(selector -> !ELSEWHERE.matcher(selector).find())
                        .allSatisfy(selector -> assertThat(prometheus.values(selector))
                                .as(selector)
                                .isNotEmpty()));
    }

    @Test
    void raisesNoAlertWhenAllIsWell() {
        assertThat(rules("alerting"))
                .extracting(rule -> rule.getString("name") + " " + rule.getString("state"))
                .allMatch(state -> state.endsWith(" inactive"));
    }

    private static List<String> selectors(String expression) {
        return SELECTOR.matcher(GROUPING.matcher(expression).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isRecording() {
        return rules("recording").stream().allMatch(rule -> prometheus.values(rule.getString("name")).length > 0);
    }

    private static List<JsonObject> rules(String type) {
        return prometheus.rules().stream()
                .filter(rule -> rule.getString("type").equals(type))
                .toList();
    }

    private static <T extends AutoCloseable> T closing(T resource) {
        running.push(resource);
        return resource;
    }
}
