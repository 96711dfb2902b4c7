package io.jlvs.e2e;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The engine of a copy of the assembled product, as a process without privilege, and its command line. */
public final class RunningEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox = new Sandbox("engine");
    private final int httpPort = Sandbox.freePort();
    private final Product product;
    private final Path configuration;
    private Process process;

    private RunningEngine(String more) {
        product = Product.copiedTo(sandbox.folder());
        configuration = sandbox.write("jlvs.yaml", configuration() + more);
        process = launch();
    }

    /** Starts an engine with all plugins that the product comes with, and waits until it is ready. */
    public static RunningEngine start() {
        return start("");
    }

    /** The same with more settings, of {@code http} as lines of YAML indented by two, others behind them. */
    public static RunningEngine start(String more) {
        var engine = new RunningEngine(more);
        try {
            engine.awaitReady();
            return engine;
        } catch (RuntimeException | Error e) {
            System.err.println("the engine's log:\n" + engine.log());
            engine.close();
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

    /** Runs {@code ipvsadm} and feeds it {@code input}. */
    public Finished ipvsadmWithInput(String input, String... arguments) {
        return product.command("ipvsadm", input, arguments);
    }

    /** Runs {@code jlvs}; what it prints, if it went well. */
    public String jlvs(String... arguments) {
        return product.jlvs(arguments);
    }

    /** Where {@code /metrics} and {@code /health} are: {@code 127.0.0.1:34567}. */
    public String httpAddress() {
        return "127.0.0.1:" + httpPort;
    }

    /** What {@code /metrics} answers. */
    String metrics() {
        return get("/metrics");
    }

    /** Everything that the engine wrote to its output. */
    String log() {
        try {
            return Files.readString(sandbox.folder().resolve("engine.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the engine by signal 9. */
    public void kill() {
        Sandbox.kill(process);
    }

    /** Ends the engine as a service manager would. */
    void stop() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Starts it again, with the state that it kept. */
    public void startAgain() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private String configuration() {
        return """
            datapath: user
            plugins:
              folder: %s
            state:
              folder: %s
            control:
              socket: %s
            http:
              host: 127.0.0.1
              port: %d
            """.formatted(product.plugins(), sandbox.folder(), product.socket(), httpPort);
    }

    private Process launch() {
        return sandbox.start(
                "engine.log", List.of(product.program("jlvs"), "run", "--config", configuration.toString()));
    }

    private void awaitReady() {
        await("the engine is ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the engine ended with " + process.exitValue());
            }
            return healthy() && isManageable();
        });
    }

    private boolean healthy() {
        try {
            return !get("/health").isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** The control socket is there a moment after {@code /health} is. */
    private boolean isManageable() {
        return product.command("jlvs", "", "status").exit() == 0;
    }

    private String get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(PATIENCE)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(path + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
