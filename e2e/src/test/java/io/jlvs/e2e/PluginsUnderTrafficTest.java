package io.jlvs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are swapped and servers come and go, and no client notices. */
class PluginsUnderTrafficTest {

    private static final int CONNECTIONS = 64;
    private static final Duration LOAD = Duration.ofSeconds(30);

    private final String service = "127.0.0.1:" + Sandbox.freePort();

    @TempDir
    private Path temp;

    @Test
    void failsNoRequestWhilePluginsAndServersChange() throws Exception {
        try (var servers = NginxServers.start(4);
                var engine = RunningEngine.start()) {
            engine.ipvsadm("-A", "-t", service, "-s", "rr");
            for (var name : new String[] {"s1", "s2", "s3"}) {
                engine.ipvsadm("-a", "-t", service, "-r", servers.address(name), "-m");
            }
            try (var load = Load.start(service, CONNECTIONS)) {
                var end = System.nanoTime() + LOAD.toNanos();
                int rounds = 0;
                while (System.nanoTime() < end) {
                    rounds++;
                    swap(engine, "round-robin", "99.0." + rounds);
                    engine.ipvsadm("-a", "-t", service, "-r", servers.address("s4"), "-m");
                    await("the new server answers").until(() -> load.seen().contains("s4"));
                    swap(engine, "nat", "99.1." + rounds);
                    engine.ipvsadm("-d", "-t", service, "-r", servers.address("s4"));
                }
                var result = load.stop();

                System.out.printf("%d requests, %d rounds of changes%n", result.requests(), rounds);
                assertThat(result.failures()).isEmpty();
                assertThat(result.requests()).isGreaterThan(1000);
                assertThat(load.seen()).containsExactlyInAnyOrder("s1", "s2", "s3", "s4");
                assertThat(rounds).isGreaterThan(1);
            }
        }
    }

    /** Puts another version of a plugin in the place of the one that is there, and waits until it is in use. */
    private void swap(RunningEngine engine, String plugin, String version) throws IOException {
        var installed = jarOf(engine, plugin);
        var replacement = engine.product().plugins().resolveSibling("replacement.tmp");
        Files.move(newVersion(installed, version), replacement, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(replacement, Files.getPosixFilePermissions(installed));
        Files.move(replacement, installed, StandardCopyOption.ATOMIC_MOVE);
        await(plugin + " " + version + " is loaded")
                .atMost(Duration.ofSeconds(20))
                .until(() -> engine.jlvs("plugins").lines().anyMatch(line -> line.contains(version)));
    }

    private static Path jarOf(RunningEngine engine, String plugin) throws IOException {
        try (var jars = Files.newDirectoryStream(engine.product().plugins(), "*" + plugin + "*.jar")) {
            return jars.iterator().next();
        }
    }

    private Path newVersion(Path jar, String version) throws IOException {
        var copy = temp.resolve(version + ".jar");
        try (var in = new JarInputStream(Files.newInputStream(jar))) {
            var manifest = in.getManifest();
            manifest.getMainAttributes().put(new Attributes.Name("Plugin-Version"), version);
            try (var out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(entry);
                    in.transferTo(out);
                }
            }
        }
        return copy;
    }
}
