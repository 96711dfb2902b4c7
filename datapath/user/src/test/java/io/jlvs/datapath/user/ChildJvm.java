package io.jlvs.datapath.user;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another JVM with this one's classes. It tells by lines on its output and is to end when its input does. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param descriptors its limit of file descriptors; 0 leaves it */
    ChildJvm(int descriptors, Class<?> main, Object... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (descriptors > 0) {
            command.addAll(List.of("sh", "-c", "ulimit -n $0 && exec \"$@\"", Integer.toString(descriptors)));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.startVirtualThread(() -> process.inputReader().lines().forEach(lines::add));
    }

    /** Waits for a line that begins so, and gives what follows. */
    String awaitLine(String beginning) {
        await().atMost(Duration.ofSeconds(30)).until(() -> find(beginning).isPresent());
        return find(beginning).orElseThrow().substring(beginning.length());
    }

    private Optional<String> find(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).findFirst();
    }

    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.destroyForcibly();
        process.onExit().join();
    }
}
