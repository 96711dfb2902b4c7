package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Finished;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code jlvs top} and {@code jlvs drain} with a real engine, in a real terminal. */
@Timeout(120)
class TopTest {

    private static final String ENTER_SCREEN = "\033[?1049h";
    private static final String LEAVE_SCREEN = "\033[?1049l";

    private RunningEngine engine;
    private NginxServers servers;
    private int port;
    private String server;

    @BeforeEach
    void givenAService() {
        servers = NginxServers.start(1);
        engine = RunningEngine.start();
        port = Sandbox.freePort();
        server = servers.address(servers.names().iterator().next());
        engine.ipvsadm("-A", "-t", "127.0.0.1:" + port, "-s", "rr");
        engine.ipvsadm("-a", "-t", "127.0.0.1:" + port, "-r", server, "-m", "-w", "3");
    }

    @AfterEach
    void stop() {
        engine.close();
        servers.close();
    }

    private Socket connect() throws Exception {
        return new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /** As a user types it, in a pseudo-terminal of util-linux' script(1). */
    private Finished typed(String command, String keys) {
        var product = engine.product();
        var terminal = product.inItsEnvironment(
                List.of("script", "-qefc", product.program("jlvs") + " " + command, "/dev/null"));
        terminal.environment().put("TERM", "xterm");
        return Finished.of(terminal, keys);
    }

    @Test
    void showsThePageOnceForScripts() {
        assertThat(engine.jlvs("top", "--once"))
                .startsWith("JLVS ")
                .contains("all services up   data path user", "TCP 127.0.0.1:" + port, "  " + server)
                .doesNotContain("\033");
    }

    @Test
    void refreshesInPlaceAndLeavesTheTerminalAsItWas() {
        var shown = typed("top -n 2 -d 0.1", "");

        assertThat(shown.exit()).isZero();
        assertThat(shown.output())
                .contains(ENTER_SCREEN, "TCP 127.0.0.1:" + port)
                .contains(LEAVE_SCREEN);
        assertThat(shown.output().indexOf(LEAVE_SCREEN))
                .isGreaterThan(shown.output().lastIndexOf("SERVICE / server"));
        assertThat(shown.output().split("SERVICE / server", -1)).hasSizeGreaterThan(2);
    }

    @Test
    void endsAtTheKeyQ() {
        var shown = typed("top -d 60", "q");

        assertThat(shown.exit()).isZero();
        assertThat(shown.output()).contains(LEAVE_SCREEN);
    }

    @Test
    void drainsAServerUntilItIsEmpty() throws Exception {
        Process draining;
        try (var client = connect()) {
            assertThat(client.isConnected()).isTrue();
            draining = engine.product()
                    .inItsEnvironment(List.of(engine.product().program("jlvs"), "drain", server, "--timeout", "60"))
                    .start();
            var impatient = engine.product().command("jlvs", "", "drain", server, "--timeout", "0");
            assertThat(impatient.exit()).isEqualTo(1);
            assertThat(impatient.output()).contains(server + " still has 1 active connections");
            assertThat(draining.isAlive()).isTrue();
        }

        assertThat(draining.waitFor()).isZero();
        assertThat(new String(draining.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(server + " is empty", "-r " + server + " -m -w ");
        assertThat(engine.ipvsadm("-Ln")).containsPattern(server + " +Masq +0 ");
    }

    @Test
    void drainRefusesAServerThatIsNotThere() {
        assertThat(engine.product().command("jlvs", "", "drain", "192.0.2.1:80"))
                .satisfies(refused -> {
                    assertThat(refused.exit()).isEqualTo(2);
                    assertThat(refused.errors()).contains("no virtual service has the real server 192.0.2.1:80");
                });
    }
}
