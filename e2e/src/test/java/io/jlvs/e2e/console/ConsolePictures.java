package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.jlvs.e2e.NginxServers;
import io.jlvs.e2e.RunningEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes the pictures of the documentation, when {@code make console-pictures} asks for them: no test. */
@ExtendWith(Chromium.class)
class ConsolePictures {

    private static final String WEB = "127.10.0.1:8080";
    private static final String SHOP = "127.10.0.1:8443";
    private static final String FILES = "127.10.0.2:9000";
    private static final String MAIL = "127.10.0.3:2525";

    /** So long that every sparkline has its minute. */
    private static final double A_MINUTE = 64_000;

    private final Path folder = Path.of(System.getProperty("jlvs.pictures", "target/pictures"));

    @Test
    void takePictures(Browser browser) {
        try (var servers = NginxServers.start(8);
                var engine = RunningEngine.start()) {
            service(engine, servers, WEB, "wrr", "s1 3", "s2 2", "s3 1");
            service(engine, servers, SHOP, "mh", "s3 1", "s4 1", "s5 1");
            service(engine, servers, FILES, "lc", "s5 1", "s6 1", "s7 0");
            service(engine, servers, MAIL, "rr", "s7 1", "s8 1");
            try (var _ = Visitors.come(WEB, 42, 1500);
                    var _ = Visitors.come(SHOP, 23, 1800);
                    var _ = Visitors.come(FILES, 11, 2500);
                    var _ = Visitors.come(MAIL, 4, 400);
                    var light = open(browser, engine, ConsolePage.DESKTOP, ColorScheme.LIGHT);
                    var dark = open(browser, engine, ConsolePage.DESKTOP, ColorScheme.DARK);
                    var phone = open(browser, engine, ConsolePage.PHONE, ColorScheme.LIGHT)) {
                light.page().waitForTimeout(A_MINUTE);
                take(light, "overview-light");
                servers.kill("s8");
                assertThat(dark.find("#verdict")).hasText("Traffic flows, with trouble");
                take(dark, "overview-dark");
                take(phone, "phone");
                light.goTo("tcp/" + WEB);
                takeService(light, servers);
                dark.goTo("tcp/" + SHOP);
                takeExplanation(dark);
            }
        }
    }

    private void takeService(ConsolePage console, NginxServers servers) {
        assertThat(console.find(".server-table tbody tr")).hasCount(3);
        console.page().waitForTimeout(1500);
        take(console, "service");
        console.find("button[aria-label='Quiesce: " + servers.address("s1") + "']")
                .click();
        assertThat(console.dialog().locator("button[type=submit]")).isEnabled();
        take(console, "confirmation");
    }

    private void takeExplanation(ConsolePage console) {
        console.find("[aria-label='Client address']").fill("127.0.7.3");
        console.button("Why that server?").click();
        assertThat(console.dialog().locator(".went")).isVisible();
        take(console, "explanation");
    }

    private static ConsolePage open(Browser browser, RunningEngine engine, int width, ColorScheme colours) {
        return ConsolePage.window(browser, width, colours).open("http://" + engine.httpAddress() + "/");
    }

    private static void service(
            RunningEngine engine, NginxServers servers, String address, String scheduler, String... weighted) {
        engine.ipvsadm("-A", "-t", address, "-s", scheduler);
        for (var server : weighted) {
            var weight = server.substring(3);
            engine.ipvsadm("-a", "-t", address, "-r", servers.address(server.substring(0, 2)), "-m", "-w", weight);
        }
    }

    private void take(ConsolePage console, String name) {
        console.page().screenshot(new ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}
