package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import io.jlvs.e2e.Sandbox;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every change that the page offers, told before it is made, and made. */
@ExtendWith(Chromium.class)
class ChangesTest {

    private Stage stage;
    private ConsolePage console;

    @BeforeEach
    void openConsole(Browser browser) {
        stage = Stage.set();
        console = ConsolePage.of(browser, stage.engine().httpAddress());
    }

    @AfterEach
    void end() {
        if (console != null) {
            console.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void makesAServiceWithItsServersAndUnmakesItAgain() {
        var port = Integer.toString(Sandbox.freePort());
        console.button("Add service").click();
        fill("address", "127.0.0.1");
        fill("port", port);
        console.dialog().locator("[name=scheduler]").selectOption("mh");
        fill("persistence", "300");
        assertThat(console.dialog().locator(".command code"))
                .hasText("ipvsadm -A -t 127.0.0.1:" + port + " -s mh -p 300");
        console.confirm();
        awaitRule("-A -t 127.0.0.1:" + port + " -s mh -p 300");
        assertThat(console.find(".service-title h1")).hasText("127.0.0.1:" + port);

        var server = stage.server("s1");
        console.button("Add server").click();
        fill("address", "127.0.0.1");
        fill("port", server.substring("127.0.0.1:".length()));
        fill("weight", "4");
        console.confirm();
        awaitRule("-a -t 127.0.0.1:" + port + " -r " + server + " -m -w 4");

        console.button("Change").click();
        console.dialog().locator("[name=scheduler]").selectOption("wrr");
        fill("persistence", "0");
        console.confirm();
        awaitRule(Pattern.quote("-A -t 127.0.0.1:" + port + " -s wrr") + "$");

        console.button("Remove").click();
        console.confirm();
        await().untilAsserted(() -> assertThat(stage.rules()).doesNotContain(port));
        assertThat(console.find(".services tbody tr")).hasCount(1);
        console.assertNoComplaint();
    }

    @Test
    void weighsQuiescesAndRemovesAServer() {
        try (var _ = Visitors.come(stage.service(), 20, 500)) {
            console.goTo("tcp/" + stage.service());
            action("Weight", "s1").click();
            fill("weight", "5");
            console.confirm();
            awaitRule("-r " + stage.server("s1") + " -m -w 5");

            action("Quiesce", "s2").click();
            console.confirm();
            awaitRule("-r " + stage.server("s2") + " -m -w 0");
            assertThat(row("s2")).containsText("quiesced");

            action("Remove", "s3").click();
            assertThat(console.dialog()).containsText("quiesce it instead");
            console.confirm();
            await().untilAsserted(() -> assertThat(stage.rules()).doesNotContain(stage.server("s3")));
            assertThat(console.find(".server-table tbody tr")).hasCount(2);
        }
        console.assertNoComplaint();
    }

    @Test
    void saysFirstWhatShareOfNewClientsGoesElsewhere() {
        console.goTo("tcp/" + stage.service());
        action("Quiesce", "s2").click();

        assertThat(console.dialog().locator(".bar b").first()).hasText("33\u202f%");
        console.button("Cancel").click();
        assertThat(stage.rules()).contains("-r " + stage.server("s2") + " -m -w 1");
    }

    @Test
    void saysWhatIsWrongWithAChangeAndDoesNotOfferIt() {
        console.button("Add service").click();
        fill("address", "not-an-address");
        fill("port", "80");

        assertThat(console.dialog().locator(".error")).containsText("address");
        assertThat(console.dialog().locator("button[type=submit]")).isDisabled();
    }

    private void fill(String field, String value) {
        console.dialog().locator("[name=" + field + "]").fill(value);
    }

    private Locator row(String server) {
        return console.find(".server-table tbody tr")
                .filter(new Locator.FilterOptions().setHasText(stage.server(server)));
    }

    private Locator action(String label, String server) {
        return row(server).getByText(label, new Locator.GetByTextOptions().setExact(true));
    }

    private void awaitRule(String pattern) {
        var expected = Pattern.compile(pattern, Pattern.MULTILINE);
        await().untilAsserted(() -> assertThat(stage.rules()).containsPattern(expected));
    }
}
