package io.jlvs.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeClock clock = new FakeClock();

    @Test
    void tellsAJarOnlyAfterItHeldStill() throws IOException {
        var jars = new JarFolder(folder, clock);
        var jar = PluginJar.scheduler("a", "a").writeTo(folder.resolve("a.jar"));

        assertThat(jars.look()).isEqualTo(restless());
        clock.advance(JarFolder.SETTLE);
        assertThat(jars.look().come()).containsExactly(jar);
        assertThat(jars.look().come()).isEmpty();
    }

    @Test
    void waitsWhileAJarGrows() throws IOException {
        var jars = new JarFolder(folder, clock);
        var bytes = PluginJar.scheduler("a", "a").bytes();
        var jar = Files.createFile(folder.resolve("a.jar"));

        for (int from = 0; from < bytes.length; from += 200) {
            Files.write(
                    jar,
                    Arrays.copyOfRange(bytes, from, Math.min(from + 200, bytes.length)),
                    StandardOpenOption.APPEND);
            assertThat(jars.look()).isEqualTo(restless());
            clock.advance(JarFolder.PATIENCE.minusMillis(1));
        }

        assertThat(jars.look().come()).containsExactly(jar);
    }

    @Test
    void tellsAJarThatIsNoZipWhenItStaysSo() throws IOException {
        var jars = new JarFolder(folder, clock);
        var jar = Files.writeString(folder.resolve("a.jar"), "not a zip");

        jars.look();
        clock.advance(JarFolder.PATIENCE.minusMillis(1));
        assertThat(jars.look()).isEqualTo(restless());
        clock.advance(Duration.ofMillis(1));
        assertThat(jars.look().come()).containsExactly(jar);
    }

    @Test
    void tellsAJarAgainWhenItChanged() throws IOException {
        var jars = new JarFolder(folder, clock);
        var jar = PluginJar.scheduler("a", "a").writeTo(folder.resolve("a.jar"));
        settle(jars);

        PluginJar.scheduler("a", "longer").writeTo(jar);

        assertThat(settle(jars).come()).containsExactly(jar);
    }

    @Test
    void tellsThatAJarHasGone() throws IOException {
        var jars = new JarFolder(folder, clock);
        var jar = PluginJar.scheduler("a", "a").writeTo(folder.resolve("a.jar"));
        settle(jars);

        Files.delete(jar);

        assertThat(settle(jars).gone()).containsExactly("a.jar");
        assertThat(settle(jars).gone()).isEmpty();
    }

    @Test
    void looksOverWhatIsNoJar() throws IOException {
        var jars = new JarFolder(folder, clock);
        Files.writeString(folder.resolve("README"), "text");
        Files.createDirectory(folder.resolve("folder.jar"));
        Files.createSymbolicLink(folder.resolve("dangling.jar"), Path.of("nowhere"));

        assertThat(settle(jars)).isEqualTo(new JarFolder.Changes(List.of(), List.of(), false));
    }

    private JarFolder.Changes settle(JarFolder jars) throws IOException {
        jars.look();
        clock.advance(JarFolder.SETTLE);
        return jars.look();
    }

    private static JarFolder.Changes restless() {
        return new JarFolder.Changes(List.of(), List.of(), true);
    }
}
