package io.jlvs.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.event.JlvsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A plugin host on folders of its own, and all that it told. */
final class HostedPlugins implements AutoCloseable {

    /** What jlvs.yaml tells the mode {@code told}, and the scheduler of this name. */
    private static final PluginOptions OPTIONS = new PluginOptions(
            Map.of("told", Map.of("turns", List.of("3"))), Map.of("told", Map.of("ports", List.of("1024"))));

    private final Path folder;
    private final Path workFolder;
    private final PluginHost host;
    private final List<JlvsEvent> events = new CopyOnWriteArrayList<>();
    private final Set<String> namesInUse = ConcurrentHashMap.newKeySet();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Runnable onChange = () -> {};

    HostedPlugins(Path root) throws IOException {
        folder = Files.createDirectories(root.resolve("plugins"));
        workFolder = root.resolve("work");
        host = new PluginHost(folder, workFolder, OPTIONS, this::users, events::add, _ -> changed());
    }

    PluginHost host() {
        return host;
    }

    HostedPlugins start() {
        host.start();
        return this;
    }

    /** Where a jar of this name belongs. */
    Path jar(String name) {
        return folder.resolve(name);
    }

    /** Lets a service "TCP 10.0.0.100:80" use these schedulers or modes, and nothing else. */
    void use(String... names) {
        namesInUse.retainAll(List.of(names));
        namesInUse.addAll(List.of(names));
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    int changes() {
        return changes.get();
    }

    /** The events of a kind, the oldest first. */
    <E extends JlvsEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits for the first event of a kind, and returns the last one. */
    <E extends JlvsEvent> E awaitEvent(Class<E> kind) {
        await().untilAsserted(() -> assertThat(events(kind)).isNotEmpty());
        return events(kind).getLast();
    }

    void awaitStatus(String jar, PluginStatus.@Nullable State state) {
        await().untilAsserted(() -> assertThat(status(jar)).isEqualTo(state));
    }

    PluginStatus.@Nullable State status(String jar) {
        return host.status().stream()
                .filter(status -> status.jar().equals(jar))
                .map(PluginStatus::state)
                .findFirst()
                .orElse(null);
    }

    Set<String> schedulers() {
        return host.extensions().schedulers().keySet();
    }

    List<String> workCopies() throws IOException {
        try (var files = Files.list(workFolder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Waits until no thread of any host is left. */
    static void awaitNoThreads() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("jlvs-plugins")));
    }

    @Override
    public void close() {
        host.close();
    }

    private void changed() {
        changes.incrementAndGet();
        onChange.run();
    }

    private List<String> users(Set<String> schedulers, Set<String> modes) {
        var used = new HashSet<>(schedulers);
        used.addAll(modes);
        used.retainAll(namesInUse);
        return used.isEmpty() ? List.of() : List.of("TCP 10.0.0.100:80");
    }
}
