package io.jlvs.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Debian's blackbox exporter for Prometheus, which connects to whom it is told; nothing where it is not installed. */
final class Prober implements AutoCloseable {

    private static final String PROGRAM = "prometheus-blackbox-exporter";

    private final Sandbox sandbox = new Sandbox("prober");
    private final String address = "127.0.0.1:" + Sandbox.freePort();

    private Prober() {}

    /** Starts one; Prometheus asks it again until it answers. */
    static Prober start() {
        var prober = new Prober();
        if (isInstalled()) {
            var modules = prober.sandbox.write("modules.yml", "modules: {tcp_connect: {prober: tcp}}");
            prober.sandbox.start(
                    "prober.log",
                    List.of(PROGRAM, "--config.file=" + modules, "--web.listen-address=" + prober.address));
        }
        return prober;
    }

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Where it listens: {@code 127.0.0.1:34567}. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
