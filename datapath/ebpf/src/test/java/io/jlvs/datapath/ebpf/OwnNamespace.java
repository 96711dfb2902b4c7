package io.jlvs.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace of one thread and the threads that it starts. It has no name and goes with them, so a killed test
 * leaves nothing behind.
 */
final class OwnNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    OwnNamespace() {
        call(() -> {
            unshare();
            return run("ip link set lo up");
        });
    }

    /** Does something in the namespace. */
    <T> T call(Callable<T> what) {
        try {
            return thread.submit(what).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something in the namespace. */
    void run(Runnable what) {
        call(Executors.callable(what));
    }

    /** Runs a command in the namespace; gives what it says. */
    String sh(String command) {
        return call(() -> run(command));
    }

    /** Lays a cable from here to there. */
    void connect(String device, OwnNamespace other, String otherDevice) {
        var there = other.call(() -> Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString());
        sh("ip link add " + device + " type veth peer name " + otherDevice + " netns " + there);
        sh("ip link set " + device + " up");
        other.sh("ip link set " + otherDevice + " up");
    }

    private static void unshare() throws Exception {
        var linker = Linker.nativeLinker();
        var function = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("unshare"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            if ((int) function.invokeExact(CLONE_NEWNET) != 0) {
                throw new IOException("can't make a network namespace");
            }
        } catch (Throwable t) {
            throw new IOException(t);
        }
    }

    private static String run(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of("sh", "-c", command))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
