package io.jlvs.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What outlives a process: namespaces with what runs in them, pins, temporary folders. */
final class Leavings {

    static final String PREFIX = "jlvs-lab-";
    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    static final Path BPF = Path.of("/sys/fs/bpf");
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Path REAL_SERVERS = Path.of("/run/jlvs");
    private static final Pattern LAB = Pattern.compile(Pattern.quote(PREFIX) + "(\\d+)-\\d+");
    private static final long PATIENCE_SECONDS = 20;

    private Leavings() {}

    /** The names of labs whose JVM is gone. */
    static List<String> ofKilledRuns() {
        return Stream.of(NAMESPACES, BPF, TEMPORARY)
                .flatMap(folder -> entries(folder, PREFIX).stream())
                .map(path -> LAB.matcher(path.getFileName().toString()))
                .filter(lab -> lab.lookingAt()
                        && ProcessHandle.of(Long.parseLong(lab.group(1))).isEmpty())
                .map(lab -> lab.group())
                .distinct()
                .toList();
    }

    /** Everything there is of a lab. */
    static List<Path> of(String lab) {
        return Stream.concat(
                        entries(NAMESPACES, lab + "-").stream(),
                        Stream.of(BPF.resolve(lab), TEMPORARY.resolve(lab)).filter(Files::exists))
                .toList();
    }

    /** Removes everything there is of a lab, and ends what still runs in its namespaces. */
    static void remove(String lab) {
        var namespaces = entries(NAMESPACES, lab + "-");
        namespaces.forEach(Leavings::endProcesses);
        namespaces.forEach(Leavings::forgetRealServer);
        namespaces.forEach(namespace -> ip("netns", "delete", nameOf(namespace)));
        removeTree(BPF.resolve(lab));
        removeTree(TEMPORARY.resolve(lab));
    }

    private static void endProcesses(Path namespace) {
        ip("netns", "pids", nameOf(namespace))
                .lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .peek(ProcessHandle::destroyForcibly)
                .toList()
                .forEach(process -> process.onExit()
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join());
    }

    /** {@code jlvs realserver} remembers what it did in a namespace by the number of that. */
    private static void forgetRealServer(Path namespace) {
        try {
            var number = Files.getAttribute(namespace, "unix:ino");
            entries(REAL_SERVERS, "").stream()
                    .filter(path -> nameOf(path).contains("-" + number + "."))
                    .forEach(Leavings::removeTree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ip(String... arguments) {
        var command = Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList();
        return Finished.of(new ProcessBuilder(command), "").successful();
    }

    private static String nameOf(Path namespace) {
        return namespace.getFileName().toString();
    }

    private static List<Path> entries(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(path -> nameOf(path).startsWith(prefix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (var tree = Files.walk(root)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
