package io.jlvs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore that takes long, in a pseudo-terminal of util-linux' script(1). */
@Timeout(60)
class WaitingTest {

    private static final String CLEARED = "\r\033[K";

    @TempDir
    private Path files;

    @ParameterizedTest
    @ValueSource(strings = {"perl ../dist/src/cli/ipvsadm.pl", "JAVA -cp target/classes io.jlvs.cli.Ipvsadm"})
    void showsThatItGoesOnAndLeavesNothingBehind(String program) throws Exception {
        var let = new CompletableFuture<Void>();
        var answer = "HTTP/1.0 200 OK\r\nX-Exit-Status: 0\r\nX-Stdout-Length: 5\r\nContent-Length: 5\r\n\r\ndone\n";
        Files.writeString(files.resolve("rules"), "-C\n-C\n");
        try (var engine = OneAnswerServer.afterwards(files.resolve("sock"), answer, let)) {
            var process = inATerminal(program.replace("JAVA", System.getProperty("java.home") + "/bin/java"));

            await().atMost(Duration.ofSeconds(30)).until(() -> shown().contains("restoring 2 lines ["));
            let.complete(null);

            assertThat(process.waitFor()).isZero();
            assertThat(engine.request()).startsWith("POST /ipvsadm?arg=-R ");
        }
        assertThat(shown()).contains("###", " s\033[K");
        assertThat(shown().substring(shown().lastIndexOf(CLEARED) + CLEARED.length()))
                .isEqualToIgnoringNewLines("done");
    }

    private Process inATerminal(String program) throws IOException {
        var command = program + " -R < " + files.resolve("rules");
        var terminal = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                .redirectOutput(files.resolve("shown").toFile());
        terminal.environment().put("JLVS_SOCKET", files.resolve("sock").toString());
        return terminal.start();
    }

    private String shown() throws IOException {
        return Files.readString(files.resolve("shown"));
    }

    @Test
    void saysNothingWhereThereIsNoTerminal() {
        var shown = new StringWriter();

        Waiting.begin(new PrintWriter(shown), "restoring").close();

        assertThat(shown.toString()).isEmpty();
    }
}
