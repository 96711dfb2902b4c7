package io.jlvs.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code jlvs top}: the engine draws the page, this shows it again and again in the same place. Exit codes: 0 shown, 2 no
 * engine. Where there is no terminal, pages follow one another.
 */
@Command(
        name = "top",
        description =
                "Shows services, real servers, connections and traffic, refreshed in place. Keys: q ends, s sorts anew.")
final class TopCommand implements Callable<Integer> {

    /** Of a terminal that does not tell its size. */
    private static final int COLUMNS = 80;

    private static final int ROWS = 24;

    private static final List<String> ORDERS = List.of("traffic", "connections", "name");

    private final ControlClient client;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-d", "--delay"},
            paramLabel = "SECONDS",
            description = "between two pages (${DEFAULT-VALUE})")
    private double delay = 1;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "end after so many pages")
    private int count = Integer.MAX_VALUE;

    @Option(names = "--once", description = "one page, of rates over a quarter of a second, and end")
    private boolean once;

    @Option(
            names = {"-s", "--sort"},
            paramLabel = "ORDER",
            description = "traffic, connections or name (${DEFAULT-VALUE})")
    private String order = "traffic";

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "TEXT",
            description = "only services whose address contains this")
    private String filter = "";

    TopCommand() {
        this(ControlClient.ofEnvironment());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    TopCommand(ControlClient client) {
        this.client = client;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!ORDERS.contains(order)) {
                throw new IOException("--sort takes traffic, connections or name, not '" + order + "'");
            }
            if (once) {
                once();
            } else if (!hasTerminal()) {
                repeat();
            } else {
                inPlace();
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }

    private static boolean hasTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Rates need two looks. */
    private void once() throws IOException, InterruptedException {
        page(1000, 1000, false);
        Thread.sleep(250);
        show(page(1000, 1000, false));
    }

    private void repeat() throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            show(page(1000, 1000, false));
            if (i + 1 < count) {
                Thread.sleep((long) (delay * 1000));
            }
        }
    }

    private void show(String page) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(page);
        out.flush();
    }

    private void inPlace() throws IOException {
        try (var terminal =
                TerminalBuilder.builder().system(true).provider("exec").build()) {
            var before = terminal.enterRawMode();
            var restore = new Thread(() -> leave(terminal, before));
            Runtime.getRuntime().addShutdownHook(restore);
            terminal.handle(Terminal.Signal.INT, _ -> System.exit(0));
            terminal.puts(Capability.enter_ca_mode);
            terminal.puts(Capability.cursor_invisible);
            try {
                refresh(terminal);
            } finally {
                leave(terminal, before);
                Runtime.getRuntime().removeShutdownHook(restore);
            }
        }
    }

    /** As it was before: also when it is killed meanwhile. */
    private static void leave(Terminal terminal, Attributes before) {
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
    }

    private void refresh(Terminal terminal) throws IOException {
        for (int i = 0; i < count; i++) {
            draw(terminal);
            var key = i + 1 < count ? terminal.reader().read((long) (delay * 1000)) : 'q';
            if (key == 'q' || key == -1) {
                return;
            }
            if (key == 's') {
                order = ORDERS.get((ORDERS.indexOf(order) + 1) % ORDERS.size());
            }
        }
    }

    private void draw(Terminal terminal) throws IOException {
        var size = terminal.getSize();
        var columns = size.getColumns() == 0 ? COLUMNS : size.getColumns();
        var rows = size.getRows() == 0 ? ROWS : size.getRows();
        var page = page(columns, Math.max(1, rows - 1), System.getenv("NO_COLOR") == null);
        terminal.puts(Capability.cursor_home);
        for (var line : page.split("\n", -1)) {
            terminal.writer().print(line);
            terminal.puts(Capability.clr_eol);
            terminal.writer().print("\r\n");
        }
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    private String page(int columns, int lines, boolean coloured) throws IOException {
        return client.get(
                        "/top?columns=%d&lines=%d&coloured=%b&order=%s&filter=%s"
                                .formatted(
                                        columns,
                                        lines,
                                        coloured,
                                        order,
                                        URLEncoder.encode(filter, StandardCharsets.UTF_8)),
                        false)
                .text();
    }
}
