package io.jlvs.e2e.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The engine of a copy of the assembled product, with the data path {@code ebpf}, as root at a host of a lab. */
public final class Director implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOG = "engine.log";

    private final Host host;
    private final Product product;
    private final Path configuration;
    private Process process;

    private Director(Topology topology, String more) {
        host = topology.director();
        product = Product.copiedTo(host.folder());
        configuration = host.write("jlvs.yaml", configuration(topology.lab().pins()) + more);
        process = launch();
    }

    /** Starts an engine on all interfaces of the topology's director, and waits until it is ready. */
    public static Director start(Topology topology) {
        return start(topology, "");
    }

    /** Starts an engine whose configuration has some more lines: {@code modes: ...}, {@code services: ...}. */
    public static Director start(Topology topology, String more) {
        var director = new Director(topology, more);
        try {
            director.awaitReady();
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

    /** Ends the engine by signal 9; the kernel goes on forwarding. */
    public void kill9() {
        Host.kill(process);
    }

    /** Ends the engine as a service manager would; the kernel goes on forwarding. */
    public void stop() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Starts it again after it has ended, with the state that it kept, and waits until it is ready. */
    public void startAgain() {
        process = launch();
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
            """.formatted(pins, product.plugins(), host.folder(), product.socket());
    }

    private Process launch() {
        var command = List.of(product.program("jlvs"), "run", "--config", configuration.toString());
        var log = host.folder().resolve(LOG).toFile();
        return host.start(
                product.inItsEnvironment(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log)));
    }

    private void awaitReady() {
        await("the engine is ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the engine ended with " + process.exitValue());
            }
            return product.command("jlvs", "", "status").exit() == 0;
        });
    }
}
