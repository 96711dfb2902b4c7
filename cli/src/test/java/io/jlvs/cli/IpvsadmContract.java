package io.jlvs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ipvsadm} does, whichever of its clients runs. */
@Timeout(30)
abstract class IpvsadmContract {

    private static final String DONE =
            "HTTP/1.0 200 OK\r\nX-Exit-Status: 0\r\nx-stdout-length: 0\r\ncontent-length: 0\r\n\r\n";

    @TempDir
    private Path folder;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void sendsItsWordsWhateverIsInThem() throws Exception {
        try (var engine = new OneAnswerServer(socket(), DONE)) {
            assertThat(run("", "-A", "-t", "[2001:db8::1]:80", "a&b c=ü")).isZero();

            assertThat(engine.request())
                    .startsWith(
                            "POST /ipvsadm?arg=-A&arg=-t&arg=%5B2001%3Adb8%3A%3A1%5D%3A80&arg=a%26b+c%3D%C3%BC HTTP/1.0\r\n");
        }
    }

    @Test
    void printsWhatComesBackAndExitsWithItsCode() throws Exception {
        var answer =
                "HTTP/1.0 200 OK\r\nX-Exit-Status: 255\r\nX-Stdout-Length: 7\r\nContent-Length: 23\r\n\r\nlisted\nNo such service\n";
        try (var _ = new OneAnswerServer(socket(), answer)) {
            assertThat(run("", "-L")).isEqualTo(255);

            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("listed\n");
            assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("No such service\n");
        }
    }

    @Test
    void sendsStandardInputOnlyToRestore() throws Exception {
        try (var engine = new OneAnswerServer(socket(), DONE)) {
            run("-A -t 10.0.0.1:80\n", "-R");
            assertThat(engine.request()).endsWith("\r\n\r\n-A -t 10.0.0.1:80\n");
        }
    }

    @Test
    void readsNoStandardInputForOtherCommands() throws Exception {
        try (var engine = new OneAnswerServer(socket(), DONE)) {
            assertThat(run("-A -t 10.0.0.1:80\n", "-L")).isZero();
            assertThat(engine.request()).endsWith("Content-Length: 0\r\n\r\n");
        }
    }

    @Test
    void saysWhereItLookedForAnEngineAndWhatToDo() throws Exception {
        assertThat(run("", "-L")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("ipvsadm: no JLVS engine answers at " + socket())
                .endsWith("Start it with 'jlvs run', or set JLVS_SOCKET to its socket.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.0 200 OK\r\nX-Exit",
                "HTTP/1.0 200 OK\r\nX-Exit-Status: 0\r\nX-Stdout-Length: 7\r\nContent-Length: 7\r\n\r\nlis",
                "HTTP/1.0 200 OK\r\nX-Exit-Status: 0\r\nX-Stdout-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.0\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n"
            })
    void takesNoPartOfAnAnswerForAnAnswer(String answer) throws Exception {
        try (var _ = new OneAnswerServer(socket(), answer)) {
            assertThat(run("", "-S")).isEqualTo(2);

            assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("ipvsadm: the JLVS engine at " + socket() + " broke off (")
                    .hasLineCount(1);
        }
    }

    @Test
    void saysWhatTheEngineSaidWhenItHungUpBeforeItHadRead() throws Exception {
        var refusal = "HTTP/1.0 413 Request Entity Too Large\r\nContent-Length: 9\r\n\r\ntoo large";
        try (var _ = OneAnswerServer.withoutReading(socket(), refusal)) {
            assertThat(run("-C\n".repeat(1_000_000), "-R")).isEqualTo(2);

            assertThat(err.toString(StandardCharsets.UTF_8))
                    .isEqualTo("ipvsadm: the JLVS engine at " + socket() + " does not take this: too large\n");
        }
    }

    /** Runs ipvsadm with {@link #socket}, {@link #out} and {@link #err}; returns the exit code. */
    abstract int run(String stdin, String... words) throws Exception;

    Path socket() {
        return folder.resolve("jlvs.sock");
    }
}
