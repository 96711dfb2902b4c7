package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.testing.FakeClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that saves, again and again, at moments it can't know. */
class KilledWriterTest {

    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void losesNothingThatWasAcknowledged() throws Exception {
        var random = new Random(20260101);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var acknowledged = killAfter(1 + random.nextInt(30));

            var found = load();

            assertThat(acknowledged)
                    .as("the killed process went on where the one before it was")
                    .isGreaterThan(before);
            assertThat(found.version()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(found).isEqualTo(StateWriter.state(found.version()));
            before = found.version();
        }
    }

    /** Lets a process acknowledge so many states, kills it while it goes on, and returns the last that it acknowledged. */
    private long killAfter(int states) throws IOException, InterruptedException {
        var process = start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long last = 0;
            for (int i = 0; i < states; i++) {
                last = Long.parseLong(lines.readLine());
            }
            process.toHandle().destroyForcibly(); // unlike the process's own, it leaves the output readable
            process.waitFor();
            return Math.max(last, lastOf(lines));
        } finally {
            process.destroyForcibly();
        }
    }

    /** What it said before it died; a line that was cut off was not heard. */
    private static long lastOf(BufferedReader lines) throws IOException {
        var rest = new StringBuilder();
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            rest.append((char) c);
        }
        var whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
        return whole.lines().mapToLong(Long::parseLong).max().orElse(0);
    }

    private Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StateWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Configuration load() {
        var events = new ArrayList<JlvsEvent>();
        try (var store = new FileStateStore(folder, events::add, new FakeClock())) {
            var found = store.load();
            assertThat(events).isEmpty();
            return found;
        }
    }
}
