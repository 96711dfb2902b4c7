package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make install} puts on a machine, below a folder of its own, with an engine to talk to. */
class InstallTest {

    private static final String RULES = """
            -A -t 127.0.0.1:18081 -s wrr -p 60
            -a -t 127.0.0.1:18081 -r 127.0.0.2:18082 -m -w 3
            -a -t 127.0.0.1:18081 -r 127.0.0.3:18082 -m -w 1
            """;

    @TempDir
    private Path root;

    private static RunningEngine engine;

    @BeforeAll
    static void start() {
        engine = RunningEngine.start();
    }

    @AfterAll
    static void end() {
        engine.close();
    }

    @Test
    void putsCommandsUnitsPagesAndConfigurationInTheirPlaces() throws IOException {
        install("install").successful();

        for (var command : new String[] {"sbin/ipvsadm", "sbin/ipvsadm-save", "sbin/ipvsadm-restore", "bin/jlvs"}) {
            assertThat(root.resolve("usr").resolve(command)).isExecutable();
        }
        for (var page : new String[] {"man8/jlvs.8", "man8/ipvsadm.8jlvs", "man5/jlvs.yaml.5"}) {
            assertThat(mode(root.resolve("usr/share/man").resolve(page))).isEqualTo("rw-r--r--");
        }
        assertThat(Files.readString(root.resolve("usr/lib/systemd/system/jlvs.service")))
                .contains("ExecStart=/usr/bin/jlvs run --config /etc/jlvs/jlvs.yaml\n");
        assertThat(Files.readString(root.resolve("usr/lib/systemd/system/ipvsadm.service")))
                .contains("ExecStop=/usr/lib/jlvs/bin/ipvsadm-service stop\n");
        assertThat(Files.readString(root.resolve("etc/default/ipvsadm"))).contains("AUTO=\"false\"\n");
        assertThat(Files.readString(root.resolve("etc/jlvs/jlvs.yaml"))).contains("  folder: /usr/lib/jlvs/plugins\n");
        assertThat(run("bin/jlvs", "", "config", "check", "" + root.resolve("etc/jlvs/jlvs.yaml"))
                        .successful())
                .isNotNull();
    }

    @Test
    void keepsConfigurationAndStrangersPluginsWhenItIsInstalledAgain() throws IOException {
        install("install").successful();
        Files.writeString(root.resolve("etc/jlvs/jlvs.yaml"), "datapath: user\n");
        Files.writeString(root.resolve("usr/lib/jlvs/plugins/mine.jar"), "mine");

        install("install").successful();

        assertThat(root.resolve("etc/jlvs/jlvs.yaml")).hasContent("datapath: user\n");
        assertThat(root.resolve("usr/lib/jlvs/plugins/mine.jar")).exists();
    }

    @Test
    void takesAwayWhatItHasPutButConfiguration() throws IOException {
        install("install").successful();

        install("uninstall").successful();

        try (var left = Files.walk(root)) {
            assertThat(left.filter(path -> !Files.isDirectory(path))
                            .map(root::relativize)
                            .map(Path::toString))
                    .containsExactlyInAnyOrder("etc/jlvs/jlvs.yaml", "etc/default/ipvsadm");
        }
    }

    @Test
    void leavesAnotherIpvsadmAlone() throws IOException {
        Files.createDirectories(root.resolve("usr/sbin"));
        Files.writeString(root.resolve("usr/sbin/ipvsadm"), "another");

        var refused = install("install");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.errors()).contains("usr/sbin/ipvsadm is there and not of JLVS");
        assertThat(root.resolve("usr/sbin/ipvsadm")).hasContent("another");
    }

    @Test
    void savesAndRestoresAsTheOriginalsDo() {
        install("install").successful();
        run("sbin/ipvsadm-restore", "# a comment\n" + RULES).successful();

        assertThat(run("sbin/ipvsadm-save", "", "-n").successful()).isEqualTo(RULES);

        run("sbin/ipvsadm-restore", "-A -t 127.0.0.1:18083 -s rr\n").successful();
        assertThat(run("sbin/ipvsadm", "", "-S", "-n").successful()).isEqualTo("-A -t 127.0.0.1:18083 -s rr\n");
        assertThat(run("sbin/ipvsadm-save", "", "-x").exit()).isEqualTo(1);
    }

    @Test
    void serviceRestoresAtItsStartAndSavesAtItsStop() throws IOException {
        install("install").successful();
        Files.writeString(root.resolve("default"), "AUTO=true\n");
        Files.writeString(root.resolve("rules"), "# ipvsadm.rules\n" + RULES);

        service("start").successful();
        assertThat(run("sbin/ipvsadm", "", "-Sn").successful()).isEqualTo(RULES);

        run("sbin/ipvsadm", "", "-d", "-t", "127.0.0.1:18081", "-r", "127.0.0.3:18082")
                .successful();
        service("stop").successful();
        assertThat(run("sbin/ipvsadm", "", "-Sn").successful()).isEmpty();
        assertThat(root.resolve("rules"))
                .hasContent("# ipvsadm.rules\n"
                        + RULES.lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
    }

    @Test
    void serviceDoesNothingUnlessItIsTold() throws IOException {
        install("install").successful();
        Files.writeString(root.resolve("default"), "AUTO=false\n");
        Files.writeString(root.resolve("rules"), RULES);
        run("sbin/ipvsadm", "", "-C").successful();

        service("start").successful();

        assertThat(run("sbin/ipvsadm", "", "-Sn").successful()).isEmpty();
    }

    private Finished install(String what) {
        var builder = new ProcessBuilder(Product.source("scripts/install").toString(), what);
        builder.environment().putAll(Map.of("DESTDIR", root.toString(), "PREFIX", "/usr"));
        return Finished.of(builder, "");
    }

    private Finished service(String what) {
        var builder = builder("lib/jlvs/bin/ipvsadm-service", what);
        builder.environment()
                .putAll(Map.of(
                        "IPVSADM_CONFIG", "" + root.resolve("default"), "IPVSADM_RULES", "" + root.resolve("rules")));
        return Finished.of(builder, "");
    }

    private Finished run(String command, String input, String... arguments) {
        return Finished.of(builder(command, arguments), input);
    }

    private ProcessBuilder builder(String command, String... arguments) {
        var builder = new ProcessBuilder();
        builder.command().add(root.resolve("usr").resolve(command).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .putAll(Map.of(
                        "JLVS_SOCKET", "" + engine.product().socket(), "JAVA_HOME", System.getProperty("java.home")));
        return builder;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
