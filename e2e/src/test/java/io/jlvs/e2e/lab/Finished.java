package io.jlvs.e2e.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 */
public record Finished(String command, int exit, String output, String errors) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Runs a command and feeds it {@code input}. */
    public static Finished of(ProcessBuilder builder, String input) {
        return of(builder, input, PATIENCE);
    }

    /** Runs a command that may take longer than others, and feeds it {@code input}. */
    public static Finished of(ProcessBuilder builder, String input, Duration patience) {
        try {
            var process = builder.start();
            var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), Finished::aside);
            var output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), Finished::aside);
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            var exit = process.onExit()
                    .orTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((_, late) -> {
                        if (late != null) {
                            process.destroyForcibly();
                        }
                    });
            return new Finished(
                    String.join(" ", builder.command()), exit.join().exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of a command that went well. */
    public String successful() {
        if (exit != 0) {
            throw new AssertionError("'" + command + "' ended with " + exit + ":\n" + output + errors);
        }
        return output;
    }

    /** In a thread of its own: a pipe that nobody reads stops the process, and the common pool may have one thread. */
    private static void aside(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
