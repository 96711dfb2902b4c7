package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything without a mouse. */
@ExtendWith(Chromium.class)
class KeyboardTest {

    private static final int TOO_MANY = 60;

    @Test
    void goesFromTheListOfServicesToAQuiescedServer(Browser browser) {
        try (var stage = Stage.set();
                var console = ConsolePage.of(browser, stage.engine().httpAddress())) {
            var keys = console.page().keyboard();
            assertThat(console.find(".services tbody a")).hasText(stage.service());
            keys.press("/");
            assertThat(console.find(".services input")).isFocused();
            keys.type(stage.service());
            assertThat(console.find(".services .note")).containsText("1 service found");

            tabTo(console, ".services tbody a");
            keys.press("Enter");
            assertThat(console.find(".service-title h1")).isFocused();

            var quiesce = "button[aria-label='Quiesce: " + stage.server("s2") + "']";
            tabTo(console, quiesce);
            keys.press("Enter");
            assertThat(console.dialog().locator("button[type=submit]")).isEnabled();
            keys.press("Escape");
            assertThat(console.dialog()).hasCount(0);
            assertThat(console.find(quiesce)).isFocused();

            keys.press("Enter");
            assertThat(console.dialog().locator("button[type=submit]")).isEnabled();
            tabTo(console, "dialog button[type=submit]");
            keys.press("Enter");
            await().untilAsserted(() -> assertThat(stage.rules()).contains("-r " + stage.server("s2") + " -m -w 0"));
        }
    }

    @Test
    void skipsToTheTrafficAtOnce(Browser browser) {
        try (var console = ConsolePage.window(browser)) {
            PlayedEngine.behind(console.page());
            console.open(PlayedEngine.URL);
            console.page().keyboard().press("Tab");
            assertThat(console.find(".skip")).isFocused();
            console.page().keyboard().press("Enter");
            assertThat(console.find("#main")).isFocused();
        }
    }

    private static void tabTo(ConsolePage console, String selector) {
        for (int i = 0; i < TOO_MANY; i++) {
            if ((boolean) console.page().evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
            console.page().keyboard().press("Tab");
        }
        throw new AssertionError("the tab key does not lead to " + selector);
    }
}
