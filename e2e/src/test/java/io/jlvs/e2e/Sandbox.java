package io.jlvs.e2e;

import io.jlvs.e2e.lab.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A temporary folder and the processes that work in it. They run without privilege: as another user if the tests run as
 * root. Closing it ends them and removes the folder.
 */
public final class Sandbox implements AutoCloseable {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final int NOBODY = 65534;
    private static final long PATIENCE_SECONDS = 20;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(15_000, 30_000));

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    Sandbox(String name) {
        try {
            folder = Files.createTempDirectory("jlvs-" + name + "-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            giveAway(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** A TCP port of 127.0.0.1 that nobody uses now, never the same twice, and none that the kernel gives to clients. */
    public static int freePort() {
        int port = NEXT_PORT.getAndIncrement();
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return port;
        } catch (BindException _) {
            return freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that the processes may read and, if it is in their folder, replace. */
    Path write(String name, String content) {
        try {
            return giveAway(Files.writeString(folder.resolve(name), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with everything in it; modification times stay. */
    Path copy(Path source, String name) {
        run("cp", "-a", source.toString(), folder.resolve(name).toString()).successful();
        run("chmod", "-R", "a+rX", folder.resolve(name).toString()).successful();
        return folder.resolve(name);
    }

    /**
     * Starts a process without privilege; what it says goes to the log file of this name. The kernel ends it when the
     * thread that calls this ends, so that a killed test run leaves nothing behind.
     */
    Process start(String log, List<String> command) {
        var whole = new ArrayList<>(List.of("setpriv", "--no-new-privs", "--pdeathsig", "TERM"));
        if (ROOT) {
            var nobody = Integer.toString(NOBODY);
            whole.addAll(List.of("--reuid", nobody, "--regid", nobody, "--clear-groups"));
        }
        whole.addAll(command);
        try {
            var builder = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
            builder.redirectOutput(
                    ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            var process = builder.start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    static Finished run(String... command) {
        return Finished.of(new ProcessBuilder(command), "");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (var process : processes) {
            kill(process);
        }
        delete(folder);
    }

    /** Kills a process and waits until it is gone. */
    static void kill(Process process) {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static Path giveAway(Path path) throws IOException {
        if (ROOT) {
            Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        }
        return path;
    }

    private static void delete(Path folder) {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
