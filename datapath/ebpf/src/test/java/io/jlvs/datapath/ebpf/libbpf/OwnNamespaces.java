package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;

/** A network and mounts that are there as long as the code that runs in them: killed or failed, it leaves nothing. */
final class OwnNamespaces {

    /** Index of the one interface that a new network has. */
    static final int LOOPBACK = 1;

    private static final int NEW_NETWORK = 0x40000000;
    private static final int NEW_MOUNTS = 0x20000;

    // int unshare(int flags);
    private static final MethodHandle UNSHARE = Native.libc("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private OwnNamespaces() {}

    /** Something that may fail. */
    interface Action {
        void run() throws Exception;
    }

    static void run(Action action) throws Exception {
        Sample.needsRoot();
        var task = new FutureTask<Boolean>(() -> {
            unshare();
            command("mount", "--make-rprivate", "/");
            command("ip", "link", "set", "lo", "up");
            action.run();
            return true;
        });
        Thread.ofPlatform().name("jlvs-own-namespaces").start(task);
        task.get();
    }

    /** Runs a command in the namespaces of the calling thread. */
    static void command(String... words) throws Exception {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", words), said)
                .isZero();
    }

    private static void unshare() throws Exception {
        try {
            assertThat((int) UNSHARE.invokeExact(NEW_NETWORK | NEW_MOUNTS)).isZero();
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
