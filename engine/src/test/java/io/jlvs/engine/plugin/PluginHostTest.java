package io.jlvs.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.event.PluginEvent;
import io.jlvs.api.spi.Scheduler;
import io.jlvs.engine.plugin.PluginStatus.State;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {

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
    void offersWhatIsInTheFolderOnceItHasStarted() throws IOException {
        new PluginJar("lucky")
                .scheduler(
                        "Lucky",
                        "\"lucky\"",
                        "public java.util.Set<String> aliases() { return java.util.Set.of(\"luck\"); }")
                .source("Mode", """
                        package made;
                        import io.jlvs.api.datapath.DataPathKind;
                        @org.pf4j.Extension
                        public class Mode implements io.jlvs.api.spi.ForwardingMode {
                            public String name() { return "teleport"; }
                            public java.util.Set<DataPathKind> dataPaths() { return java.util.Set.of(DataPathKind.EBPF); }
                        }
                        """)
                .writeTo(plugins.jar("lucky.jar"));

        plugins.start();

        assertThat(plugins.schedulers()).containsExactlyInAnyOrder("lucky", "luck");
        assertThat(plugins.host().extensions().modes()).containsOnlyKeys("teleport");
        assertThat(plugins.host().status())
                .containsExactly(new PluginStatus(
                        "lucky.jar", "lucky", "1.0.0", State.LOADED, List.of("luck", "lucky", "teleport"), ""));
        assertThat(plugins.changes()).isPositive();
    }

    @Test
    void loadsAJarThatAppears() throws IOException {
        plugins.start();

        PluginJar.scheduler("late", "late").writeTo(plugins.jar("late.jar"));

        var loaded = plugins.awaitEvent(PluginEvent.Loaded.class);
        assertThat(loaded.jar()).isEqualTo("late.jar");
        assertThat(loaded.plugin()).isEqualTo("late");
        assertThat(loaded.replaced()).isFalse();
        assertThat(plugins.schedulers()).containsExactly("late");
    }

    @Test
    void swapsAReplacedJarWithoutAGap() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        plugins.use("a");
        var before = instance("a");
        var seen = new CopyOnWriteArrayList<Scheduler>();
        plugins.onChange(() -> {
            assertThat(before.name()).isEqualTo("a");
            seen.add(instance("a"));
        });

        PluginJar.scheduler("a", "a").version("1.1.0").writeTo(plugins.jar("a.jar"));

        await().untilAsserted(() -> assertThat(plugins.events(PluginEvent.Loaded.class))
                .extracting(PluginEvent.Loaded::version, PluginEvent.Loaded::replaced)
                .endsWith(tuple("1.1.0", true)));
        assertThat(seen).hasSize(1).doesNotContain(before).containsExactly(instance("a"));
        assertThat(plugins.workCopies()).hasSize(1);
    }

    @Test
    void retiresADeletedJarThatNobodyUses() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();

        Files.delete(plugins.jar("a.jar"));

        assertThat(plugins.awaitEvent(PluginEvent.Removed.class).plugin()).isEqualTo("a");
        assertThat(plugins.schedulers()).isEmpty();
        assertThat(plugins.host().status()).isEmpty();
        assertThat(plugins.workCopies()).isEmpty();
    }

    @Test
    void keepsADeletedJarUntilNobodyUsesIt() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        plugins.use("a");

        Files.delete(plugins.jar("a.jar"));

        assertThat(plugins.awaitEvent(PluginEvent.Kept.class).usedBy()).containsExactly("TCP 10.0.0.100:80");
        assertThat(plugins.schedulers()).containsExactly("a");
        assertThat(plugins.status("a.jar")).isEqualTo(State.KEPT);

        plugins.use();
        plugins.host().retireUnused();

        plugins.awaitEvent(PluginEvent.Removed.class);
        assertThat(plugins.schedulers()).isEmpty();
    }

    @Test
    void takesAKeptJarBackWhenItReturns() throws IOException {
        var jar = PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        plugins.use("a");
        var aside = Files.move(jar, root.resolve("aside"));
        plugins.awaitStatus("a.jar", State.KEPT);

        Files.move(aside, jar);

        plugins.awaitStatus("a.jar", State.LOADED);
    }

    @Test
    void putsAPluginBackThatAServiceBeganToUseWhileItWasRetired() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        plugins.onChange(() -> plugins.use("a"));

        Files.delete(plugins.jar("a.jar"));

        plugins.awaitEvent(PluginEvent.Kept.class);
        assertThat(plugins.schedulers()).containsExactly("a");
    }

    @Test
    void upgradesFromOneFileNameToAnotherUnderTraffic() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a-1.jar"));
        plugins.start();
        plugins.use("a");

        PluginJar.scheduler("a", "a").version("2.0.0").writeTo(plugins.jar("a-2.jar"));
        assertThat(plugins.awaitEvent(PluginEvent.Rejected.class).reason())
                .isEqualTo("plugin a is already loaded from a-1.jar: remove one of the two jars");
        Files.delete(plugins.jar("a-1.jar"));

        plugins.awaitStatus("a-2.jar", State.LOADED);
        assertThat(plugins.status("a-1.jar")).isNull();
        assertThat(plugins.schedulers()).containsExactly("a");
        assertThat(plugins.events(PluginEvent.Rejected.class)).hasSize(1);
    }

    @Test
    void loadsARejectedJarOnceTheOneInItsWayHasGone() throws IOException {
        PluginJar.scheduler("a", "same").writeTo(plugins.jar("a.jar"));
        PluginJar.scheduler("b", "same").writeTo(plugins.jar("b.jar"));
        plugins.start();
        assertThat(plugins.awaitEvent(PluginEvent.Rejected.class).reason())
                .isEqualTo("'same' is already offered by a.jar: remove one of the two jars");

        Files.delete(plugins.jar("a.jar"));

        plugins.awaitStatus("b.jar", State.LOADED);
    }

    @Test
    void leavesTheOldVersionInServiceWhenTheNewOneIsRejected() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        var before = instance("a");

        PluginJar.scheduler("a", "a").with("Plugin-Requires", ">=9.0.0").writeTo(plugins.jar("a.jar"));

        plugins.awaitEvent(PluginEvent.Rejected.class);
        assertThat(instance("a")).isSameAs(before);
        assertThat(plugins.host().status())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(State.LOADED))
                .satisfies(status -> assertThat(status.detail()).contains("rejected", "API version"));
    }

    @Test
    void rejectsAReplacementThatLacksWhatServicesUse() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        plugins.use("a");

        PluginJar.scheduler("a", "other").writeTo(plugins.jar("a.jar"));

        assertThat(plugins.awaitEvent(PluginEvent.Rejected.class).reason())
                .startsWith("it no longer offers 'a', which is used by TCP 10.0.0.100:80");
        assertThat(plugins.schedulers()).containsExactly("a");
    }

    @Test
    void countsFailuresAndTellsEachKindOnce() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        var offer = offer("a");

        plugins.host().failed(offer, new IllegalStateException("one"));
        plugins.host().failed(offer, new IllegalStateException("two"));
        plugins.host().failed(offer, new StackOverflowError());

        assertThat(plugins.host().failures()).containsExactly(Map.entry("a", 3L));
        assertThat(plugins.events(PluginEvent.Failed.class))
                .extracting(PluginEvent.Failed::error)
                .containsExactly("java.lang.IllegalStateException: one", "java.lang.StackOverflowError");
    }

    @Test
    void goesOnWhenTheEngineFailsToTakeAChangeOver() throws IOException {
        plugins.onChange(() -> {
            throw new IllegalStateException("not now");
        });
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();

        PluginJar.scheduler("b", "b").writeTo(plugins.jar("b.jar"));

        plugins.awaitStatus("b.jar", State.LOADED);
    }

    @Test
    void letsGoOfTheClassesOfARemovedPlugin() throws IOException {
        PluginJar.scheduler("a", "a").writeTo(plugins.jar("a.jar"));
        plugins.start();
        var classLoader = new WeakReference<>(instance("a").getClass().getClassLoader());

        Files.delete(plugins.jar("a.jar"));
        plugins.awaitEvent(PluginEvent.Removed.class);

        await().untilAsserted(() -> {
            System.gc();
            assertThat(classLoader.refersTo(null)).isTrue();
        });
    }

    private Offer<Scheduler> offer(String name) {
        return Objects.requireNonNull(plugins.host().extensions().schedulers().get(name));
    }

    private Scheduler instance(String name) {
        return offer(name).instance();
    }
}
