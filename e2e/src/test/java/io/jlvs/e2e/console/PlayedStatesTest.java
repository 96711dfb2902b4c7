package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page makes of states that are rare, many, or ill-meant. */
@ExtendWith(Chromium.class)
class PlayedStatesTest {

    private static final int SERVICES = 10_000;
    private static final int TOLD = 30;

    private ConsolePage console;
    private PlayedEngine engine;

    @BeforeEach
    void openWindow(Browser browser) {
        console = ConsolePage.window(browser);
        engine = PlayedEngine.behind(console.page());
    }

    @AfterEach
    void closeWindow() {
        console.close();
    }

    @Test
    void showsThirtyOfTenThousandServicesAndFindsTheOthers() {
        var busiest = services(0);
        engine.answers("jlvs.service.search", question -> found(question.getString("text")));
        console.open(PlayedEngine.URL);
        watchForLongTasks();

        engine.publish("jlvs.live", PlayedEngine.live(busiest, SERVICES - TOLD));
        assertThat(rows()).hasCount(TOLD);
        assertThat(console.find(".services .note")).containsText("The 30 busiest of 10,000 services");

        console.find(".services input").fill("9999");
        assertThat(rows()).hasCount(1);
        assertThat(rows().locator("a")).hasText("198.18.39.15:80");
        console.find(".services input").fill("wrr");
        assertThat(rows()).hasCount(TOLD);
        assertThat(console.find(".services .note")).containsText("10,000 services found");

        assertThat(longestTask()).as("milliseconds the page did not react").isLessThan(1500);
        console.assertNoComplaint();
    }

    @Test
    void showsIllMeantNamesAsText() {
        var trap = "<img src=x onerror=\"document.title='trapped'\">";
        var service = PlayedEngine.service(1).put("scheduler", trap);
        service.getJsonArray("servers").getJsonObject(0).put("name", trap);
        console.open(PlayedEngine.URL);

        engine.publish("jlvs.live", PlayedEngine.live(List.of(service), 0));
        engine.publish(
                "jlvs.event.plugin", JsonObject.of("type", "plugin.rejected", "at", 1, "jar", trap, "reason", trap));

        assertThat(console.find(".events li p").last()).hasText(trap + " rejected: " + trap);
        assertThat(rows().locator("td").nth(1)).hasText(trap);
        assertThat(console.find("img")).hasCount(0);
        assertThat(console.page()).hasTitle("JLVS console");
        console.assertNoComplaint();
    }

    @Test
    void saysWhatIsWrongInWordsAndShapes() {
        var service = PlayedEngine.service(1);
        var servers = service.getJsonArray("servers");
        servers.getJsonObject(0).put("state", "failing");
        servers.getJsonObject(1).put("state", "overloaded");
        servers.getJsonObject(2).put("state", "quiesced");
        console.open(PlayedEngine.URL);

        engine.publish("jlvs.live", PlayedEngine.live(List.of(service, PlayedEngine.service(2)), 0));

        assertThat(console.find("#verdict")).hasText("Traffic flows, with trouble");
        assertThat(console.find(".problems")).containsText("198.18.0.1:80 has no server that takes clients");
        var shapes = console.find(".flow .server .glyph")
                .evaluateAll("glyphs => glyphs.slice(0, 4).map(glyph => glyph.getAttribute('d'))");
        assertThat((List<?>) shapes).doesNotHaveDuplicates();
    }

    @Test
    void drawsFlowsInProportion() {
        console.open(PlayedEngine.URL);

        engine.publish("jlvs.live", PlayedEngine.live(List.of(PlayedEngine.service(1)), 0));

        assertThat(console.find(".flow .server")).hasCount(3);
        var sixths = console.page().evaluate("""
            () => {
                const widths = [...document.querySelectorAll('.flow .ribbon')].map(ribbon => {
                    const y = ribbon.getAttribute('d').match(/-?[\\d.]+/g).map(Number);
                    return y.at(-1) - y[1];
                });
                return widths.map(width => Math.round(6 * width / widths[0]));
            }""");
        assertThat((List<?>) sixths).isEqualTo(List.of(6, 3, 2, 1));
    }

    @Test
    void listsConnectionsEachWithItsReason() {
        var connection = JsonObject.of("client", "[2001:db8::7]:41000", "virtual", "198.18.0.1:80")
                .put("server", "10.1.1.1:80")
                .put("state", "ESTABLISHED")
                .put("expiresSeconds", 890)
                .put("template", false);
        engine.answers("jlvs.service.list", _ -> JsonObject.of("services", listed(List.of(PlayedEngine.service(1)))))
                .answers(
                        "jlvs.connection.list", _ -> JsonObject.of("connections", JsonArray.of(connection), "total", 1))
                .answers("jlvs.connection.explain", PlayedStatesTest::explained);
        console.open(PlayedEngine.URL);
        engine.publish("jlvs.live", PlayedEngine.live(List.of(PlayedEngine.service(1)), 0));
        console.goTo("tcp/198.18.0.1:80");

        assertThat(console.find(".connection-table tbody tr")).containsText("10.1.1.1:80");
        console.button("Why did [2001:db8::7]:41000 go to its server?").click();

        assertThat(console.dialog().locator(".sentences li")).hasText("2001:db8::7 41000");
        assertThat(console.dialog().locator("tr.chosen")).containsText("10.1.1.1:80");
        assertThat(console.dialog()).containsText("would now go to 10.1.2.1:80");
    }

    /** Repeats the question. */
    private static JsonObject explained(JsonObject question) {
        var candidate = JsonObject.of("server", "10.1.1.1:80", "weight", 1, "active", 1, "inactive", 0)
                .put("usable", true)
                .put("why", "takes new connections");
        return JsonObject.of("connection", null, "server", "10.1.1.1:80", "how", "scheduler", "scheduler", "wrr")
                .put("at", 1)
                .put("sentences", JsonArray.of(question.getString("client") + " " + question.getInteger("port")))
                .put("candidates", JsonArray.of(candidate))
                .put("again", "10.1.2.1:80");
    }

    private Locator rows() {
        return console.find(".services tbody tr");
    }

    private void watchForLongTasks() {
        console.page().evaluate("""
            () => {
                window.longest = 0;
                new PerformanceObserver(list => list.getEntries().forEach(task => { window.longest = Math.max(window.longest, task.duration); }))
                    .observe({ type: 'longtask' });
            }""");
    }

    private double longestTask() {
        return ((Number) console.page().evaluate("() => window.longest")).doubleValue();
    }

    /** As {@code jlvs.service.list} has them: the key among the settings; what the page does not look at is left out. */
    private static JsonArray listed(List<JsonObject> services) {
        var listed = new JsonArray();
        services.forEach(service -> listed.add(JsonObject.of("scheduler", service.getString("scheduler"))
                .mergeIn(service.getJsonObject("key"))
                .put("flags", new JsonArray())
                .put("rates", service.getJsonObject("rates"))
                .put("servers", service.getJsonArray("servers"))));
        return listed;
    }

    /** For a number the service of that number, else the first of all. */
    private static JsonObject found(String text) {
        return text.matches("\\d+")
                ? JsonObject.of("services", JsonArray.of(PlayedEngine.service(Integer.parseInt(text))), "total", 1)
                : JsonObject.of("services", new JsonArray(services(100)), "total", SERVICES);
    }

    private static List<JsonObject> services(int first) {
        return IntStream.range(first, first + TOLD)
                .mapToObj(PlayedEngine::service)
                .toList();
    }
}
