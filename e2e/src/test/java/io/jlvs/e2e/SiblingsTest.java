package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.jlvs.e2e.lab.Product;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sibling that comes in over TCP, as docs/bus-access.md says: its commands are taken from there as they stand. */
class SiblingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Running running = new Running();
    private final Sandbox sandbox = running.add(new Sandbox("sibling"), Sandbox::close);
    private final int port = Sandbox.freePort();
    private final String service = "127.0.0.1:" + Sandbox.freePort();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void nodeSiblingTakesWeightFromServersThatAreSlow() throws Exception {
        assumeThereIs("node");
        assumeThereIs("openssl");
        var engine = givenADirectorWithTlsAndTokens();
        var quick = server(Duration.ZERO);
        var slow = server(Duration.ofMillis(300));
        engine.ipvsadm("-A", "-t", service, "-s", "wrr");
        engine.ipvsadm("-a", "-t", service, "-r", quick, "-m", "-w", "50");
        engine.ipvsadm("-a", "-t", service, "-r", slow, "-m", "-w", "50");
        shell(engine, example("token"));
        var examples = sandbox.copy(Product.source("examples/node-weights"), "node-weights");
        sandbox.start(
                "node.log",
                List.of(
                        "env",
                        "PERIOD_MS=500",
                        "node",
                        examples.resolve("weights.mjs").toString(),
                        "127.0.0.1:" + port,
                        "deployer.token",
                        "bus.pem"));
        running.add(Thread.ofVirtual().start(this::visit), Thread::interrupt);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(weight(engine, quick)).as(log()).isEqualTo(100);
            assertThat(weight(engine, slow)).as(log()).isBetween(1, 40);
        });
        assertThat(engine.log())
                .contains("by deployer with a token, over TCP from 127.0.0.1: edit server " + slow + " of TCP "
                        + service);
        assertThat(log()).contains("configuration.changed", "weight of " + slow);
    }

    @Test
    void framesCanBeWrittenByHand() throws Exception {
        assumeThereIs("busybox");
        var engine = running.add(RunningEngine.start("bus: {tcp: {port: " + port + "}}\n"), RunningEngine::close);

        var answer = shell(engine, "nc() { busybox nc \"$@\"; }\n" + example("frames"));

        assertThat(answer).contains("\"address\":\"me\"", "\"datapath\":\"user\"");
    }

    @Test
    void siblingThatNeverReadsHoldsUpNobody() throws Exception {
        var engine = running.add(RunningEngine.start("bus: {tcp: {port: " + port + "}}\n"), RunningEngine::close);
        var servers = running.add(NginxServers.start(1), NginxServers::close);
        engine.ipvsadm("-A", "-t", service, "-s", "rr");
        engine.ipvsadm("-a", "-t", service, "-r", servers.address("s1"), "-m");
        var register = "{\"type\":\"register\",\"address\":\"jlvs.event.connection\"}";
        try (var deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            var out = new DataOutputStream(deaf.getOutputStream());
            out.writeInt(register.length());
            out.writeBytes(register);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(Client.ask(service, 500)).containsOnly("s1");
                assertThat(engine.metrics()).containsPattern("jlvs_bus_dropped_events_total\\{gateway=\"tcp\"} [1-9]");
            });
        }
    }

    private RunningEngine givenADirectorWithTlsAndTokens() throws Exception {
        finish(List.of("bash", "-euc", example("tls")));
        var tokens = sandbox.write("tokens", "# nobody yet\n");
        finish(List.of("chmod", "640", "tokens"));
        return running.add(RunningEngine.start("""
                        access: {tokens: %s}
                        bus:
                          tcp:
                            port: %d
                            anonymous: none
                            tls: {certificate: %3$s/bus.pem, key: %3$s/bus.key}
                        """.formatted(tokens, port, sandbox.folder())), RunningEngine::close);
    }

    private String shell(RunningEngine engine, String commands) throws Exception {
        var path = engine.product().home().resolve("bin") + ":/usr/bin:/bin";
        return finish(List.of("env", "PATH=" + path, "bash", "-euc", commands));
    }

    private static void assumeThereIs(String program) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), "no " + program + " on this machine");
    }

    private String finish(List<String> command) throws Exception {
        var process = sandbox.start("shell.log", command);
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        var said = Files.readString(sandbox.folder().resolve("shell.log"), StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private String log() throws IOException {
        return Files.readString(sandbox.folder().resolve("node.log"));
    }

    /** The code block that follows the marker of this name, with this test's address and port. */
    private String example(String name) throws IOException {
        var page = Files.readString(Product.source("docs/bus-access.md"));
        var block = Pattern.compile("<!-- example: " + name + " -->\\s*```[a-z]*\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find())
                .as("docs/bus-access.md has an example '%s'", name)
                .isTrue();
        return block.group(1).replace("10.0.0.1", "127.0.0.1").replace("7000", Integer.toString(port));
    }

    private static int weight(RunningEngine engine, String server) {
        var rule =
                Pattern.compile("-r " + Pattern.quote(server) + " -m -w (\\d+)").matcher(engine.ipvsadm("-Sn"));
        assertThat(rule.find()).isTrue();
        return Integer.parseInt(rule.group(1));
    }

    /** The address of a real server that answers after so long. */
    private String server(Duration delay) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Sandbox.freePort());
        var server = running.add(HttpServer.create(address, 100), it -> it.stop(0));
        var later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        server.createContext(
                "/",
                exchange -> CompletableFuture.runAsync(
                        () -> {
                            try (exchange) {
                                exchange.sendResponseHeaders(204, -1);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        later));
        server.start();
        return "127.0.0.1:" + address.getPort();
    }

    /** One connection after the other, until interrupted. */
    private void visit() {
        var request = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var place = service.split(":", 2);
        while (!Thread.currentThread().isInterrupted()) {
            try (var socket = new Socket(InetAddress.ofLiteral(place[0]), Integer.parseInt(place[1]))) {
                socket.getOutputStream().write(request);
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                return; // the director is gone: the test is over
            }
        }
    }
}
