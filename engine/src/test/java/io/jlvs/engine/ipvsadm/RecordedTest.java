package io.jlvs.engine.ipvsadm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jlvs.api.testing.FakeClock;
import io.jlvs.api.testing.FakeDataPath;
import io.jlvs.engine.registry.MemoryStore;
import io.jlvs.engine.registry.Registry;
import io.jlvs.engine.stats.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command of the recordings of the real ipvsadm, in sequence, gives what was recorded, byte for byte. Each file
 * began with an empty table. What differs on purpose is in a list, and must differ.
 */
class RecordedTest {

    private static final Path RECORDINGS = Path.of("src/test/resources/ipvsadm");
    private static final Map<String, Difference> DIFFERENCES =
            Difference.read(Path.of("src/test/resources/ipvsadm-differences.txt"));

    @TestFactory
    Stream<DynamicContainer> answersAsTheOriginal() throws IOException {
        return recordings().stream()
                .map(file ->
                        DynamicContainer.dynamicContainer(file.getFileName().toString(), tests(Recorded.in(file))));
    }

    @Test
    void listsOnlyDifferencesOfCommandsThatAreThere() throws IOException {
        var places = recordings().stream()
                .flatMap(file -> Recorded.in(file).stream())
                .map(Recorded::place);

        assertThat(places.toList()).containsAll(DIFFERENCES.keySet());
    }

    private static List<Path> recordings() throws IOException {
        try (var files = Files.list(RECORDINGS)) {
            return files.sorted().toList();
        }
    }

    private static Stream<DynamicTest> tests(List<Recorded> commands) {
        var dataPath = new FakeDataPath();
        var registry = new Registry(dataPath, (_, _, _) -> Map.of(), new MemoryStore(), _ -> {}, new FakeClock());
        registry.extensionsChanged(StandIns.all());
        var ipvsadm =
                new Ipvsadm(registry, dataPath, new Statistics(dataPath), new RecordedNames(), StandIns.INTERFACES);
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(
                        command.toString(),
                        () -> check(
                                command,
                                ipvsadm.run(command.words(), command.stdin(), "a test"),
                                DIFFERENCES.get(command.place()))));
    }

    private static void check(Recorded command, Output output, @Nullable Difference difference) {
        var recorded = command.output();
        if (difference == null) {
            assertThat(output).isEqualTo(recorded);
            return;
        }
        assertThat(output).as("no more different: take it off the list").isNotEqualTo(recorded);
        if (difference == Difference.HASH_ORDER) {
            assertThat(output.exit()).isEqualTo(recorded.exit());
            assertThat(output.stderr()).isEqualTo(recorded.stderr());
            assertThat(output.stdout().lines())
                    .containsExactlyInAnyOrderElementsOf(
                            recorded.stdout().lines().toList());
            return;
        }
        var rest = difference.without(recorded.stdout());
        if (rest.equals(recorded.stdout())) {
            abort(difference.reason());
        }
        assertThat(output).isEqualTo(new Output(recorded.exit(), rest, recorded.stderr()));
    }
}
