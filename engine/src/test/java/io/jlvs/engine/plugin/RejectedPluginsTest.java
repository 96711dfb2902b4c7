package io.jlvs.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.engine.plugin.PluginStatus.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with one jar: it is told with its reason, and the others are in service. */
class RejectedPluginsTest {

    private static final String INDEX = "META-INF/extensions.idx";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private HostedPlugins plugins;

    private static byte[] sound = {};

    @BeforeAll
    static void compile() throws IOException {
        sound = PluginJar.scheduler("sound", "sound").bytes();
    }

    @BeforeEach
    void make() throws IOException {
        plugins = new HostedPlugins(root);
        Files.write(plugins.jar("sound.jar"), sound);
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    static Stream<Arguments> brokenJars() {
        return Stream.of(
                jar("no index", made().file(INDEX, null), "it offers nothing: META-INF/extensions.idx", "-proc:full"),
                jar("empty index", made().file(INDEX, bytes("# nothing\n")), "it offers nothing", "-proc:full"),
                jar("index of a missing class", made().file(INDEX, bytes("made.Missing\n")), "made.Missing"),
                jar("no id", made().with("Plugin-Id", null), "Plugin-Id"),
                jar("no version", made().with("Plugin-Version", null), "Plugin-Version"),
                jar("newer API", made().with("Plugin-Requires", ">=2.0.0"), "requires API version >=2.0.0", "1.0.0"),
                jar("odd API", made().with("Plugin-Requires", "one or so"), "'one or so'", ">=1.0.0 & <2.0.0"),
                jar(
                        "other plugin's id",
                        PluginJar.scheduler("sound", "x"),
                        "plugin sound is already loaded from sound.jar"),
                jar(
                        "other plugin's name",
                        PluginJar.scheduler("x", "sound"),
                        "'sound' is already offered by sound.jar"),
                jar("missing dependency", made().with("Plugin-Dependencies", "nobody"), "nobody"),
                jar(
                        "constructor",
                        made("\"x\"", "public Made() { throw new IllegalStateException(\"no luck\"); }"),
                        "made.Made",
                        "no luck"),
                jar(
                        "constructor error",
                        made("\"x\"", "public Made() { throw new NoClassDefFoundError(\"gone/Gone\"); }"),
                        "NoClassDefFoundError: gone/Gone"),
                jar(
                        "static block",
                        made("\"x\"", "static { if (true) throw new IllegalStateException(\"static\"); }"),
                        "made.Made",
                        "static"),
                jar("private constructor", made("\"x\"", "private Made() {}"), "made.Made"),
                jar("name throws", made("String.valueOf(1 / (int) 0L)", ""), "made.Made", "/ by zero"),
                jar("null name", made("null", ""), "made.Made", "'null'"),
                jar("blank name", made("\" \"", ""), "made.Made", "1 to 15"),
                jar("long name", made("\"sixteen-letters-\"", ""), "made.Made", "1 to 15"),
                jar(
                        "null aliases",
                        made("\"x\"", "public java.util.Set<String> aliases() { return null; }"),
                        "made.Made"),
                jar(
                        "alias is name",
                        made("\"x\"", "public java.util.Set<String> aliases() { return java.util.Set.of(\"x\"); }"),
                        "'x' twice"),
                jar(
                        "scheduler without options",
                        PluginJar.scheduler("x", "told"),
                        "jlvs.yaml",
                        "schedulers.told",
                        "has no options, found turns"),
                jar("no fallback", asking("null", "20"), "made.Asks", "'null'"),
                jar("endless deadline", asking("\"rr\"", "501"), "scheduler asks", "501 ms", "expected 1..500"),
                jar("no deadline", asking("\"rr\"", "0"), "scheduler asks", "0 ms", "expected 1..500"),
                jar("neither", new PluginJar("x").source("Other", OTHER), "neither a Scheduler nor a ForwardingMode"),
                jar("no data path", new PluginJar("x").source("Mode", MODE), "made.Mode", "no data path"),
                jar(
                        "unknown options",
                        kernelMode("told", ""),
                        "jlvs.yaml",
                        "modes.told",
                        "has no options, found ports"),
                jar("missing options", kernelMode("other", SETTINGS), "modes.other", "needs the key 'pool'"),
                jar(
                        "plugin class",
                        made().with("Plugin-Class", "made.Starter").source("Starter", STARTER),
                        "does not start",
                        "not today"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenJars")
    void tellsWhatIsWrong(String what, PluginJar jar, String[] reasons) throws IOException {
        jar.writeTo(plugins.jar("x.jar"));

        plugins.start();

        assertThat(plugins.events(PluginEvent.Rejected.class))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.jar()).isEqualTo("x.jar"))
                .satisfies(rejected -> assertThat(rejected.reason()).contains(reasons));
        assertThat(plugins.status("x.jar")).isEqualTo(State.REJECTED);
        assertThat(plugins.schedulers()).containsExactly("sound");
        assertThat(plugins.workCopies()).hasSize(1);
    }

    @Test
    void tellsOfAFileThatIsNoJar() throws IOException {
        plugins.start();

        Files.writeString(plugins.jar("x.jar"), "not a zip");

        assertThat(plugins.awaitEvent(PluginEvent.Rejected.class).reason()).startsWith("it is no readable jar");
    }

    @Test
    void loadsAJarThatWasMended() throws IOException {
        plugins.start();
        made().file(INDEX, null).writeTo(plugins.jar("x.jar"));
        plugins.awaitStatus("x.jar", State.REJECTED);

        made().writeTo(plugins.jar("x.jar"));

        plugins.awaitStatus("x.jar", State.LOADED);
    }

    @Test
    void forgetsARejectedJarThatIsDeleted() throws IOException {
        plugins.start();
        made().file(INDEX, null).writeTo(plugins.jar("x.jar"));
        plugins.awaitStatus("x.jar", State.REJECTED);

        Files.delete(plugins.jar("x.jar"));

        plugins.awaitStatus("x.jar", null);
    }

    @Test
    void startsWithoutAPluginWhoseConstructorDoesNotReturn() throws IOException {
        made("\"x\"", "public Made() throws Exception { new java.util.concurrent.CountDownLatch(1).await(); }")
                .writeTo(plugins.jar("x.jar"));

        try (var host = new PluginHost(
                plugins.jar(""),
                root.resolve("work"),
                PluginOptions.NONE,
                (_, _) -> List.of(),
                _ -> {},
                _ -> {},
                Duration.ofMillis(500))) {
            host.start();

            await().untilAsserted(
                            () -> assertThat(host.extensions().schedulers()).containsOnlyKeys("sound"));
        }
        HostedPlugins.awaitNoThreads();
    }

    @Test
    void takesTheApiFromTheEngineThoughTheJarBringsACopy() throws IOException {
        var copy = "io/jlvs/api/spi/Scheduler.class";
        try (var original = Objects.requireNonNull(Scheduler.class.getResourceAsStream("/" + copy))) {
            made().file(copy, original.readAllBytes()).writeTo(plugins.jar("x.jar"));
        }

        plugins.start();

        assertThat(plugins.schedulers()).contains("x");
    }

    private static final String OTHER = """
            package made;
            @org.pf4j.Extension
            public class Other implements org.pf4j.ExtensionPoint {}
            """;

    private static final String MODE = """
            package made;
            @org.pf4j.Extension
            public class Mode implements io.jlvs.api.spi.ForwardingMode {
                public String name() { return "x"; }
                public java.util.Set<io.jlvs.api.datapath.DataPathKind> dataPaths() { return java.util.Set.of(); }
            }
            """;

    private static final String STARTER = """
            package made;
            public class Starter extends org.pf4j.Plugin {
                @Override
                public void start() { throw new IllegalStateException("not today"); }
            }
            """;

    private static final String SETTINGS = """
            @Override
            public byte[] settings(java.util.Map<String, java.util.List<String>> options) {
                throw new IllegalArgumentException("needs the key 'pool'");
            }
            """;

    private static PluginJar asking(String fallback, String milliseconds) {
        return new PluginJar("x").source("Asks", """
                package made;
                import io.jlvs.api.spi.*;
                @org.pf4j.Extension
                public class Asks implements AskingScheduler {
                    public String name() { return "asks"; }
                    public String fallback() { return %s; }
                    public java.time.Duration deadline() { return java.time.Duration.ofMillis(%s); }
                    public AskingPicker prepare(ServerPool pool, Picker previous) { return null; }
                }
                """.formatted(fallback, milliseconds));
    }

    private static PluginJar kernelMode(String name, String members) {
        return new PluginJar("x").source("Mode", """
                package made;
                @org.pf4j.Extension
                public class Mode implements io.jlvs.api.spi.KernelMode {
                    public String name() { return "%s"; }
                    %s
                }
                """.formatted(name, members));
    }

    private static Arguments jar(String what, PluginJar jar, String... reasons) {
        return Arguments.of(what, jar, reasons);
    }

    private static PluginJar made() {
        return PluginJar.scheduler("x", "x");
    }

    private static PluginJar made(String nameExpression, String members) {
        return new PluginJar("x").scheduler("Made", nameExpression, members);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
