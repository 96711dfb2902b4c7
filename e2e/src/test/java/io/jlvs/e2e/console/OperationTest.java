package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import io.jlvs.e2e.RunningEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator meets besides traffic: no service, no engine, no right to change, a phone, a screen reader. */
@ExtendWith(Chromium.class)
class OperationTest {

    @Test
    void saysHowToAddAServiceWhileThereIsNone(Browser browser) {
        try (var engine = RunningEngine.start();
                var console = ConsolePage.of(browser, engine.httpAddress())) {
            assertThat(console.find(".empty")).containsText("ipvsadm -A -t");
            assertThat(console.button("Add a service")).isEnabled();
            assertThat(console.find(".flow-panel")).isHidden();
            console.assertNoComplaint();
        }
    }

    @Test
    void tellsThatTheEngineIsGoneAndComesBackByItself(Browser browser) {
        try (var stage = Stage.set();
                var console = ConsolePage.of(browser, stage.engine().httpAddress())) {
            assertThat(console.find(".services tbody a")).hasText(stage.service());
            stage.engine().kill();
            assertThat(console.find("#gone")).containsText("The engine does not answer");
            assertThat(console.button("Add service")).isDisabled();

            stage.engine().startAgain();
            assertThat(console.find("#gone")).isHidden();
            assertThat(console.find(".services tbody a")).hasText(stage.service());
            assertThat(console.button("Add service")).isEnabled();
        }
    }

    @Test
    void changesNothingWhereItMayOnlyRead(Browser browser) {
        try (var stage = Stage.set("  console: read\n");
                var console = ConsolePage.of(browser, stage.engine().httpAddress())) {
            assertThat(console.find("#readonly")).isVisible();
            assertThat(console.button("Add service")).isDisabled();
            console.goTo("tcp/" + stage.service());
            assertThat(console.find(".server-table tbody tr")).hasCount(3);
            for (var button :
                    console.find(".actions button, .server-table button").all()) {
                assertThat(button).isDisabled();
            }
            console.assertNoComplaint();
        }
    }

    @Test
    void fitsAPhone(Browser browser) {
        try (var stage = Stage.set();
                var _ = Visitors.come(stage.service(), 20, 500);
                var console = ConsolePage.window(browser, ConsolePage.PHONE, ColorScheme.LIGHT)) {
            console.open("http://" + stage.engine().httpAddress() + "/");
            assertThat(console.find(".flow .server")).hasCount(3);
            assertThat(console.overhang()).as("overview").isZero();

            console.goTo("tcp/" + stage.service());
            assertThat(console.find(".connections .note")).containsText("no list");
            assertThat(console.overhang()).as("service").isZero();

            console.button("Add server").click();
            assertThat(console.dialog()).isVisible();
            assertThat(console.overhang()).as("dialog").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isAccessible(ColorScheme colours, Browser browser) {
        try (var stage = Stage.set();
                var _ = Visitors.come(stage.service(), 20, 500);
                var console = ConsolePage.window(browser, ConsolePage.DESKTOP, colours)) {
            console.open("http://" + stage.engine().httpAddress() + "/");
            assertThat(console.find(".flow .server")).hasCount(3);
            assertThat(console.find(".events li").first()).isVisible();
            assertAccessible(console, "overview");

            console.goTo("tcp/" + stage.service());
            assertThat(console.find(".connections .note")).containsText("no list");
            assertAccessible(console, "service");

            console.button("Add server").click();
            assertThat(console.dialog()).isVisible();
            assertAccessible(console, "dialog");
        }
    }

    @Test
    void tellsAScreenReaderWhatBecameOfAChange(Browser browser) {
        try (var stage = Stage.set();
                var console = ConsolePage.of(browser, stage.engine().httpAddress())) {
            console.goTo("tcp/" + stage.service());
            console.find("button[aria-label='Quiesce: " + stage.server("s1") + "']")
                    .click();
            console.confirm();
            assertThat(console.find("#told")).hasText(stage.server("s1") + " is quiesced.");
            assertThat(console.find("#told")).hasAttribute("aria-live", "polite");
            assertThat(console.find(".toast").first()).isVisible();
        }
    }

    private static void assertAccessible(ConsolePage console, String where) {
        var violations = new AxeBuilder(console.page())
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertThat(violations.stream().map(OperationTest::described)).as(where).isEmpty();
    }

    private static String described(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
