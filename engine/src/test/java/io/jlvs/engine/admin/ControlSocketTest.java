package io.jlvs.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.Command;
import io.jlvs.api.Endpoint;
import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.VirtualService;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.ipvsadm.HostNames;
import io.jlvs.engine.ipvsadm.Ipvsadm;
import io.jlvs.engine.ipvsadm.NetworkInterfaces;
import io.jlvs.engine.live.Drain;
import io.jlvs.engine.live.Live;
import io.jlvs.engine.live.TopScreen;
import io.jlvs.engine.plugin.PluginStatus;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Offers;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Health;
import io.jlvs.engine.stats.Refusals;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlSocketTest {

    private static final ServiceKey WEB = ServiceKey.tcp("127.0.0.9", 80);
    private static final Endpoint SERVER = Endpoint.of("10.9.9.9", 8080);

    private static final StatusSource STATUS = new StatusSource() {
        @Override
        public JsonObject status() {
            return JsonObject.of("version", "0.1.0", "services", 3);
        }

        @Override
        public List<PluginStatus> plugins() {
            return List.of(
                    new PluginStatus("good.jar", "good", "1.0", PluginStatus.State.LOADED, List.of("rr", "wrr"), ""),
                    new PluginStatus("bad.jar", "", "", PluginStatus.State.REJECTED, List.of(), "it is no jar"));
        }
    };

    @TempDir
    private Path folder;

    private final FakeShutdown shutdown = new FakeShutdown();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void isForItsOwnerAndGroupAlone() throws IOException {
        try (var _ = open()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-rw----");
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void carriesWordsAndInputInAndOutputsAndExitCodeOut() throws IOException {
        try (var _ = open()) {
            var refused = ask("POST /ipvsadm?arg=-D&arg=-t&arg=10.0.0.1%3A80", "");
            assertThat(refused).contains("X-Exit-Status: 255\r\n", "X-Stdout-Length: 0\r\n");
            assertThat(refused).endsWith("\r\n\r\nNo such service\n");

            var listed = ask("POST /ipvsadm?arg=-R", "-L --timeout\n-D -t 10.0.0.1:80\n");
            assertThat(listed).contains("X-Stdout-Length: 38\r\n");
            assertThat(listed).endsWith("\r\n\r\nTimeout (tcp tcpfin udp): 900 120 300\nNo such service\n");
        }
    }

    @Test
    void takesLongCommandLines() throws IOException {
        try (var _ = open()) {
            var answer = ask("POST /ipvsadm?arg=-A&arg=-t&arg=" + "1".repeat(100_000), "");

            assertThat(answer)
                    .contains("X-Exit-Status: 2\r\n")
                    .endsWith("illegal virtual server address[:port] specified\n");
        }
    }

    @Test
    void showsStatusAndPluginsAsTextAndAsJson() throws IOException {
        try (var _ = open()) {
            assertThat(ask("GET /status", "")).endsWith("version          0.1.0\nservices         3\n");
            assertThat(ask("GET /plugins", "")).endsWith("""
                            good.jar  1.0         loaded    rr wrr
                            bad.jar               rejected  it is no jar
                            """);
            assertThat(new JsonArray(body(ask("GET /plugins", "", "Accept: application/json\r\n")))
                            .getJsonObject(1)
                            .getString("state"))
                    .isEqualTo("REJECTED");
            assertThat(new JsonObject(body(ask("GET /status", "", "Accept: application/json\r\n")))
                            .getInteger("services"))
                    .isEqualTo(3);
        }
    }

    @Test
    void takesThePlaceOfADeadEngineButNotOfALivingOne() throws IOException {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        try (var _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another engine answers at " + socket());
            assertThat(ask("GET /status", "")).startsWith("HTTP/1.0 200");
        }
    }

    @Test
    void refusesWhatItCannotTakeOrDoesNotKnow() throws IOException {
        try (var _ = open()) {
            assertThat(ask("GET /nothing", "")).startsWith("HTTP/1.0 404");
            assertThat(ask("POST /ipvsadm?arg=%zz", ""))
                    .startsWith("HTTP/1.0 400")
                    .contains("is not URL-encoded");
            assertThat(ask("POST /ipvsadm?arg=-R", "", "Content-Length: 20000000\r\n"))
                    .startsWith("HTTP/1.0 413");
        }
    }

    @Test
    void tellsWhatBecomesOfAStopBeforeItBegins() throws IOException {
        try (var _ = open()) {
            var answer = ask("POST /stop?flush=true", "");

            assertThat(answer)
                    .startsWith("HTTP/1.0 200")
                    .contains("X-Pid: " + ProcessHandle.current().pid());
            assertThat(body(answer)).isEqualTo("flush true\n");
            await().until(() -> shutdown.begun);
        }
    }

    @Test
    void goesOnWhenAStopFails() throws IOException {
        shutdown.failure = "the pins can't be removed";
        try (var _ = open()) {
            var answer = ask("POST /stop", "");

            assertThat(answer).startsWith("HTTP/1.0 500").endsWith("the pins can't be removed\n");
            assertThat(shutdown.begun).isFalse();
        }
    }

    private static final class FakeShutdown implements Shutdown {

        private volatile @Nullable String failure;
        private volatile boolean begun;

        @Override
        public String prepare(boolean flush) {
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return "flush " + flush;
        }

        @Override
        public void begin() {
            begun = true;
        }
    }

    @Test
    void drawsWhatGoesOn() throws Exception {
        try (var _ = open()) {
            assertThat(body(ask("GET /top?columns=60&filter=10.9", "")))
                    .contains("JLVS 1.2.3   all services up   data path us", "SERVICE / server")
                    .doesNotContain("127.0.0.9");
            assertThat(body(ask("GET /top", ""))).contains("TCP 127.0.0.9:80", "  10.9.9.9:8080");
            assertThat(ask("GET /top?order=x", "")).startsWith("HTTP/1.0 400");
        }
    }

    @Test
    void drainsAServerAndTellsTheWayBack() throws Exception {
        try (var _ = open()) {
            assertThat(body(ask("POST /drain?server=10.9.9.9:8080", "")))
                    .isEqualTo("ipvsadm -e -t 127.0.0.9:80 -r 10.9.9.9:8080 -m -w 3\n");
            assertThat(body(ask("GET /drain?server=10.9.9.9:8080", ""))).isEqualTo("5\n");
            assertThat(body(ask("GET /top", ""))).contains("QUIESCED");
            assertThat(ask("POST /drain?server=10.9.9.8:8080", ""))
                    .startsWith("HTTP/1.0 404")
                    .contains("no virtual service has the real server 10.9.9.8:8080");
            assertThat(ask("POST /drain?server=x", "")).startsWith("HTTP/1.0 400");
        }
    }

    @Test
    void showsAndSetsIpvsSettings() throws Exception {
        try (var _ = open()) {
            assertThat(ask("POST /sysctl?arg=net.ipv4.vs.conn_reuse_mode%3D0&arg=sync_threshold", ""))
                    .containsIgnoringCase("X-Exit-Status: 0\r\n")
                    .endsWith("\r\n\r\nnet.ipv4.vs.conn_reuse_mode = 0\nnet.ipv4.vs.sync_threshold = 3 50\n");
        }
    }

    private ControlSocket open() {
        var dataPath = new FakeDataPath();
        var registry = new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
        return new ControlSocket(
                vertx,
                socket(),
                new Ipvsadm(
                        registry,
                        dataPath,
                        new Statistics(dataPath),
                        HostNames.ofSystem(),
                        NetworkInterfaces.ofSystem()),
                new SysctlCommand(dataPath),
                STATUS,
                List.of(live(registry, dataPath)),
                shutdown);
    }

    private LiveRoutes live(Registry registry, FakeDataPath dataPath) {
        registry.extensionsChanged(Offers.usual());
        registry.restore();
        registry.execute(new Command.AddService(VirtualService.of(WEB, "rr")));
        registry.execute(new Command.AddServer(WEB, RealServer.of(SERVER, "nat", 3)));
        dataPath.setLoad(new ServerId(WEB, SERVER), 5, 2);
        var director = JsonObject.of("version", "1.2.3", "datapath", "user", "uptimeSeconds", 7L, "configuration", 2L);
        var live = new Live(registry, dataPath, new Health(), new Refusals(), director::copy);
        return new LiveRoutes(vertx, new TopScreen(live), new Drain(registry, dataPath));
    }

    private Path socket() {
        return folder.resolve("jlvs.sock");
    }

    private String ask(String line, String body) throws IOException {
        return ask(line, body, "Content-Length: " + body.length() + "\r\n");
    }

    private String ask(String line, String body, String headers) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            channel.write(
                    StandardCharsets.UTF_8.encode(line + " HTTP/1.0\r\nHost: jlvs\r\n" + headers + "\r\n" + body));
            var answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
