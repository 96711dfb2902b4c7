package io.jlvs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
class JlvsTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsAllCommandsInItsHelp() {
        assertThat(run(new Jlvs(), "--help")).isZero();

        assertThat(out.toString())
                .contains(
                        "  run ", "  stop ", "  status ", "  top ", "  plugins ", "  drain ", "  sysctl ", "  config ")
                .contains("  token ", "  realserver ");
    }

    @Test
    void refusesACommandThatItDoesNotHave() {
        assertThat(run(new Jlvs(), "start")).isEqualTo(2);

        assertThat(err.toString()).contains("'start'");
    }

    @Test
    void makesTokensThatFitTheirLines() throws Exception {
        assertThat(run(new TokenCommand(), "operator", "deployer")).isZero();
        assertThat(run(new TokenCommand(), "observer", "watcher")).isZero();

        var lines = out.toString().lines().toList();
        assertThat(lines).hasSize(4).doesNotHaveDuplicates();
        var hash = MessageDigest.getInstance("SHA-256").digest(lines.getFirst().getBytes(StandardCharsets.UTF_8));
        assertThat(lines.getFirst()).matches("[0-9a-f]{64}");
        assertThat(lines.get(1)).isEqualTo("operator deployer " + HexFormat.of().formatHex(hash));
        assertThat(lines.get(3)).startsWith("observer watcher ");
    }

    @Test
    void makesNoTokenForARoleOrANameThatThereIsNot() {
        assertThat(run(new TokenCommand(), "root", "deployer")).isEqualTo(2);
        assertThat(run(new TokenCommand(), "operator", "de ployer")).isEqualTo(2);

        assertThat(err.toString()).contains("observer or operator, found 'root'", "found 'de ployer'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsTheStatusAsTheEngineTellsIt() throws Exception {
        try (var engine = new OneAnswerServer(socket(), answer("200 OK", "services  3\n"))) {
            assertThat(run(new StatusCommand(new ControlClient(socket())))).isZero();

            assertThat(engine.request()).startsWith("GET /status HTTP/1.0\r\n").contains("\r\nAccept: text/plain\r\n");
            assertThat(out.toString()).isEqualTo("services  3\n");
        }
    }

    @Test
    void topShowsPagesOneAfterTheOtherWhereThereIsNoTerminal() throws Exception {
        try (var engine = new OneAnswerServer(socket(), answer("200 OK", "a page\n"))) {
            assertThat(run(new TopCommand(new ControlClient(socket())), "-n", "1", "-s", "name", "-f", "10.0.0.1:80"))
                    .isZero();

            assertThat(engine.request())
                    .startsWith("GET /top?columns=1000&lines=1000&coloured=false&order=name&filter=10.0.0.1%3A80 ");
            assertThat(out.toString()).isEqualTo("a page\n");
        }
    }

    @Test
    void topRefusesAnOrderThatItDoesNotKnow() {
        assertThat(run(new TopCommand(new ControlClient(socket())), "--sort", "size"))
                .isEqualTo(2);

        assertThat(err.toString()).isEqualTo("jlvs: --sort takes traffic, connections or name, not 'size'\n");
    }

    @Test
    void drainSaysWhyItCanNotBegin() throws Exception {
        try (var engine = new OneAnswerServer(socket(), answer("404 Not Found", "no virtual service has it\n"))) {
            assertThat(run(new DrainCommand(new ControlClient(socket())), "10.0.0.1:80"))
                    .isEqualTo(2);

            assertThat(engine.request()).startsWith("POST /drain?server=10.0.0.1%3A80&service= HTTP/1.0");
            assertThat(err.toString()).contains("no virtual service has it");
        }
    }

    @Test
    void progressFillsInPlaceAndIsGoneAtTheEnd() {
        var progress = new Progress(new PrintWriter(out), "draining", true);

        progress.show(1, 4);
        progress.end();

        assertThat(out.toString()).isEqualTo("\rdraining [#######.......................] 1 of 4\033[K\r\033[K");
    }

    @Test
    void handsTheWordsOfSysctlToTheEngine() throws Exception {
        var told = "HTTP/1.0 200 OK\r\nX-Exit-Status: 1\r\nX-Stdout-Length: 2\r\nContent-Length: 6\r\n\r\n0\nbad\n";
        try (var engine = new OneAnswerServer(socket(), told)) {
            assertThat(run(new SysctlCommand(new ControlClient(socket())), "-n", "drop_entry", "sync_threshold=3 0"))
                    .isEqualTo(1);

            assertThat(engine.request())
                    .startsWith("POST /sysctl?arg=-n&arg=drop_entry&arg=sync_threshold%3D3+0 HTTP/1.0");
            assertThat(out.toString()).isEqualTo("0\n");
            assertThat(err.toString()).isEqualTo("bad\n");
        }
    }

    @Test
    void asksForJsonWhenToldTo() throws Exception {
        try (var engine = new OneAnswerServer(socket(), answer("200 OK", "[]"))) {
            assertThat(run(new PluginsCommand(new ControlClient(socket())), "--json"))
                    .isZero();

            assertThat(engine.request())
                    .startsWith("GET /plugins HTTP/1.0\r\n")
                    .contains("\r\nAccept: application/json\r\n");
        }
    }

    @Test
    void stopsTheEngineAndWaitsUntilItHasEnded() throws Exception {
        var child = new ProcessBuilder("cat").start();
        var answer = answer("200 OK", "it ends\n").replace("\r\n\r\n", "\r\nX-Pid: " + child.pid() + "\r\n\r\n");
        try (var engine = new OneAnswerServer(socket(), answer)) {
            var exit =
                    CompletableFuture.supplyAsync(() -> run(new StopCommand(new ControlClient(socket())), "--flush"));

            assertThat(engine.request()).startsWith("POST /stop?flush=true HTTP/1.0\r\n");
            assertThat(exit).isNotDone();
            child.destroy();
            assertThat(exit.join()).isZero();
            assertThat(out.toString()).isEqualTo("it ends\n");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void saysWhatTheEngineAnsweredWhenItCouldNot() throws Exception {
        try (var _ = new OneAnswerServer(socket(), answer("500 Internal Server Error", "the disk is full\n"))) {
            assertThat(run(new StatusCommand(new ControlClient(socket())))).isEqualTo(2);

            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).contains(socket().toString(), "the disk is full");
        }
    }

    @Test
    void saysWhereItLookedForAnEngine() {
        assertThat(run(new StatusCommand(new ControlClient(socket())))).isEqualTo(2);

        assertThat(err.toString()).startsWith("jlvs: no JLVS engine answers at " + socket());
    }

    private int run(Object command, String... words) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private Path socket() {
        return folder.resolve("jlvs.sock");
    }

    private static String answer(String status, String body) {
        return "HTTP/1.0 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
