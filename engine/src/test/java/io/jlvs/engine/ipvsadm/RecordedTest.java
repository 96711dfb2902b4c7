package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command of the recordings of the real ipvsadm, in sequence, gives what was recorded, byte for byte. Each file
 * began with an empty table.
 */
class RecordedTest {

    private static final Path RECORDINGS = Path.of("src/test/resources/ipvsadm");

    @TestFactory
    Stream<DynamicContainer> answersAsTheOriginal() throws IOException {
        try (var files = Files.list(RECORDINGS)) {
            return files.sorted().map(RecordedTest::file).toList().stream();
        }
    }

    private static DynamicContainer file(Path file) {
        var registry = new Registry(new FakeDataPath(), (_, _) -> {}, new MemoryStore(), _ -> {}, new FakeClock());
        registry.extensionsChanged(StandIns.all());
        var ipvsadm = new Ipvsadm(registry, new Statistics(new FakeDataPath()), new RecordedNames());
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(), commands(file).stream().map(command -> test(ipvsadm, command)));
    }

    private static DynamicTest test(Ipvsadm ipvsadm, JsonObject recorded) {
        var words = recorded.getJsonArray("argv").stream()
                .skip(1)
                .map(String::valueOf)
                .toList();
        return DynamicTest.dynamicTest("ipvsadm " + String.join(" ", words), () -> {
            var output = ipvsadm.run(words, recorded.getString("stdin", ""));
            var reason = differs(words, recorded);
            if (!reason.isEmpty()) {
                abort(reason);
            }
            assertThat(output)
                    .isEqualTo(new Output(
                            recorded.getInteger("exit"),
                            expected(recorded.getString("stdout")),
                            recorded.getString("stderr")));
        });
    }

    /** Why an answer is not the recorded one on purpose; empty when it must be. */
    private static String differs(List<String> words, JsonObject recorded) {
        if (recorded.getString("stdout").contains("(compiled with popt")) {
            return "help and version are in our own words";
        }
        if (!words.isEmpty()
                && words.getFirst().matches("--(start|stop)-daemon.*")
                && recorded.getInteger("exit") != 2) {
            return "the synchronisation daemons come with the cluster";
        }
        if (words.contains("--daemon") && !recorded.getString("stdout").isEmpty()) {
            return "the synchronisation daemons come with the cluster";
        }
        if (words.contains("--nosort")
                && recorded.getString("stdout")
                                .lines()
                                .filter(line -> !line.startsWith(" "))
                                .count()
                        > 3) {
            return "the kernel's order of services is that of its hash table, ours that of their making";
        }
        if (words.stream().anyMatch(word -> word.startsWith("[::ffff:"))) {
            return "an IPv4-mapped IPv6 address is no address of its own";
        }
        return "";
    }

    /**
     * What was recorded, without what follows from two differences: an IPv4-mapped IPv6 address is no address of its own,
     * and a persistence engine without persistence, which has no effect, is not kept.
     */
    private static String expected(String listing) {
        return listing.replaceAll("(?m)^.*\\[::ffff:.*\\n", "").replace(" -s wlc --pe sip\n", " -s wlc\n");
    }

    private static List<JsonObject> commands(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(JsonObject::new)
                    .filter(entry -> entry.getValue("argv") instanceof JsonArray argv
                            && argv.getString(0).equals("ipvsadm"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
