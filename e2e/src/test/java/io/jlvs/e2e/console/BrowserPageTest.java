package io.jlvs.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.sun.net.httpserver.SimpleFileServer;
import io.jlvs.e2e.RunningEngine;
import io.jlvs.e2e.Sandbox;
import io.jlvs.e2e.lab.Product;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of examples/browser-page, served from elsewhere. */
@ExtendWith(Chromium.class)
class BrowserPageTest {

    private final int port = Sandbox.freePort();
    private final String service = "127.0.0.1:" + Sandbox.freePort();

    private String open(RunningEngine engine) {
        return "http://127.0.0.1:" + port + "/?director=" + engine.httpAddress();
    }

    @Test
    void showsWhatHappensWhereItIsLetIn(Browser browser) {
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                Product.source("examples/browser-page"),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        try (var engine = RunningEngine.start("  origins: [\"http://127.0.0.1:" + port + "\"]\n");
                var stranger = RunningEngine.start();
                var page = browser.newPage();
                var refused = browser.newPage()) {
            page.navigate(open(engine));
            assertThat(page.locator("#state")).hasText("open");

            engine.ipvsadm("-A", "-t", service, "-s", "rr");
            assertThat(page.locator("#events li").first()).containsText("configuration.changed");
            assertThat(page.locator("#services td").first()).hasText("tcp " + service);

            refused.navigate(open(stranger));
            assertThat(refused.locator("#state")).hasText("closed");
        } finally {
            server.stop(0);
        }
    }
}
