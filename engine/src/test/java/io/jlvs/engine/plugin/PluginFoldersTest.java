package io.jlvs.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugin host does with its folders, and what it leaves. */
class PluginFoldersTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private HostedPlugins plugins;

    @BeforeEach
    void make() throws IOException {
        plugins = new HostedPlugins(root);
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    @Test
    void leavesNothingWhenItIsClosed() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();

        plugins.close();

        assertThat(plugins.workCopies()).isEmpty();
        assertThat(plugins.schedulers()).isEmpty();
        assertThat(plugins.host().status()).isEmpty();
        HostedPlugins.awaitNoThreads();
        assertThat(openFiles()).noneMatch(file -> file.startsWith(root.toString()));
    }

    @Test
    void clearsWhatACrashedEngineLeftInTheWorkFolder() throws IOException {
        Files.createDirectories(root.resolve("work"));
        Files.writeString(root.resolve("work").resolve("a-0123456789abcdef.jar"), "left over");
        Files.writeString(root.resolve("work").resolve("other.jar"), "somebody else's");

        plugins.start();

        assertThat(plugins.workCopies()).containsExactly("other.jar");
    }

    @Test
    void saysWhichFolderCanNotBeUsed() throws IOException {
        Files.writeString(root.resolve("work"), "a file where the folder should be");

        assertThatThrownBy(plugins::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(root.resolve("work").toString());
    }

    @Test
    void doesNotCopyPluginsIntoTheirOwnFolder() {
        assertThatThrownBy(() -> new PluginHost(root, root, PluginOptions.NONE, (_, _) -> List.of(), _ -> {}, _ -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void loadsNothingAnyMoreOnceItIsClosed() throws IOException {
        plugins.start();
        plugins.close();

        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.host().retireUnused();

        assertThat(plugins.host().extensions()).isEqualTo(Extensions.NONE);
    }

    private static List<String> openFiles() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(PluginFoldersTest::target)
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) { // closed since it was listed
            return "";
        }
    }
}
