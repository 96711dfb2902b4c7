package io.jlvs.e2e.lab;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine of a copy of the assembled product, with the data path {@code ebpf}, as root at a host of a lab. */
public final class Director implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LOG = "engine.log";

    private final Host host;
    private final Product product;
    private final Path configuration;
    private List<String> launcher = List.of();
    private @Nullable Process process;

    private Director(Host host, Path pins, String more) {
        this.host = host;
        product = Product.copiedTo(host.folder());
        configuration = host.write("jlvs.yaml", configuration(pins) + more);
    }

    /**
     * Installs an engine that is not started yet.
     *
     * @param pins where it may pin things in the bpf file system
     * @param more lines of its configuration
     */
    public static Director installedAt(Host host, Path pins, String more) {
        return new Director(host, pins, more);
    }

    /** Starts an engine on all interfaces of the topology's director, and waits until it is ready. */
    public static Director start(Topology topology) {
        return start(topology, "");
    }

    /** Starts an engine whose configuration has some more lines: {@code modes: ...}, {@code services: ...}. */
    public static Director start(Topology topology, String more) {
        var director = new Director(topology.director(), topology.lab().pins(), more);
        try {
            director.startAgain();
            return director;
        } catch (RuntimeException | Error e) {
            System.err.println("the engine's log:\n" + director.log());
            director.close();
            throw e;
        }
    }

    /** Its installation: the folder of plugins, and commands that talk to this engine. */
    public Product product() {
        return product;
    }

    /** Runs {@code ipvsadm}; what it prints, if it went well. */
    public String ipvsadm(String... arguments) {
        return product.ipvsadm(arguments);
    }

    /** Runs {@code jlvs}; what it prints, if it went well. */
    public String jlvs(String... arguments) {
        return product.jlvs(arguments);
    }

    /**
     * Makes a round-robin service of all servers.
     *
     * @param kind {@code -t} or {@code -u}
     * @param service address and port
     * @param mode {@code -m}, {@code -g} or {@code -i}
     */
    public void balance(String kind, String service, String mode, List<String> servers) {
        ipvsadm("-A", kind, service, "-s", "rr");
        servers.forEach(server -> ipvsadm("-a", kind, service, "-r", server, mode));
    }

    /** What {@code /metrics} answers. */
    public String metrics() {
        return host.run("curl", "-sSf", "http://127.0.0.1:9095/metrics");
    }

    /** Everything that the engine wrote to its output. */
    public String log() {
        try {
            return Files.readString(host.folder().resolve(LOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it keeps its state, as it sees it. */
    public Path state() {
        return host.folder().resolve("state");
    }

    /** Whether its process runs. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The number of its process. */
    public long pid() {
        return requireNonNull(process).pid();
    }

    /** Has it started by a command from now on, which takes its own command as its last words and becomes it. */
    public void launchedBy(String... command) {
        launcher = List.of(command);
    }

    /** Ends the engine by signal 9; the kernel goes on forwarding. */
    public void kill9() {
        if (process != null) {
            Host.kill(process);
        }
    }

    /** Ends the engine as a service manager would; the kernel goes on forwarding. */
    public void stop() {
        var running = requireNonNull(process);
        running.destroy();
        running.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Starts it again after it has ended, with the state that it kept, and waits until it is ready. */
    public void startAgain() {
        launch();
        awaitReady();
    }

    /** Ends the engine; what it left in the kernel goes with the lab. */
    @Override
    public void close() {
        kill9();
    }

    private String configuration(Path pins) {
        return """
            datapath: ebpf
            ebpf:
              pins: %s
            plugins:
              folder: %s
            state:
              folder: %s
            control:
              socket: %s
            http:
              host: 127.0.0.1
              port: 9095
            """.formatted(pins, product.plugins(), state(), product.socket());
    }

    /** Starts it, and waits for nothing. */
    public void launch() {
        var own = List.of(product.program("jlvs"), "run", "--config", configuration.toString());
        var command = Stream.concat(launcher.stream(), own.stream()).toList();
        var log = host.folder().resolve(LOG).toFile();
        process = host.start(
                product.inItsEnvironment(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log)));
    }

    /** Waits until it takes commands. */
    public void awaitReady() {
        var running = requireNonNull(process);
        await("the engine is ready").atMost(PATIENCE).until(() -> {
            if (!running.isAlive()) {
                throw new IllegalStateException("the engine ended with " + running.exitValue() + ":\n" + log());
            }
            return product.command("jlvs", "", "status").exit() == 0;
        });
    }
}
