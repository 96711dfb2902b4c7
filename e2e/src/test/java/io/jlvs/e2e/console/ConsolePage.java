package io.jlvs.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The console in a browser window of its own. It keeps what the browser complained of, policy violations included. */
final class ConsolePage implements AutoCloseable {

    static final int DESKTOP = 1440;
    static final int PHONE = 390;

    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private ConsolePage(Page page) {
        this.page = page;
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** An empty window of this width in pixels. */
    static ConsolePage window(Browser browser, int width, ColorScheme colours) {
        var options = new Browser.NewPageOptions()
                .setViewportSize(width, width == PHONE ? 844 : 1000)
                .setColorScheme(colours);
        return new ConsolePage(browser.newPage(options));
    }

    static ConsolePage window(Browser browser) {
        return window(browser, DESKTOP, ColorScheme.LIGHT);
    }

    /** A window with the console that is served at {@code host:port}, once it is live. */
    static ConsolePage of(Browser browser, String address) {
        return window(browser).open("http://" + address + "/");
    }

    ConsolePage open(String url) {
        page.navigate(url);
        page.locator("#link[data-state=live]").waitFor();
        return this;
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** Buttons of this very label. */
    Locator button(String label) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(label).setExact(true));
    }

    /** The open dialog. */
    Locator dialog() {
        return page.locator("dialog[open]");
    }

    /** Goes to the page of a service: {@code tcp/10.0.0.1:80}. */
    void goTo(String service) {
        page.evaluate("place => { location.hash = place; }", "#/service/" + service);
        page.locator(".service-page tbody tr, .service-page .note:visible")
                .first()
                .waitFor();
    }

    /** Waits for the preview of the open dialog, and does what it is about. */
    void confirm() {
        dialog().locator(".preview .facts").waitFor();
        dialog().locator("button[type=submit]:enabled").click();
        dialog().waitFor(new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
    }

    /** How far the page can be scrolled sideways, in pixels. */
    int overhang() {
        return (int) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Fails if the browser complained of anything so far. */
    void assertNoComplaint() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        page.close();
    }
}
