package io.jlvs.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.CommandException;
import io.jlvs.api.ErrorCode;
import io.jlvs.api.ServiceEntry;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.testing.FakeClock;
import io.jlvs.engine.json.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStateStoreTest {

    @TempDir
    Path parent;

    private final List<JlvsEvent> events = new CopyOnWriteArrayList<>();
    private Path folder;
    private Path file;

    FileStateStoreTest() {
        folder = Path.of("");
        file = folder;
    }

    @BeforeEach
    void place() {
        folder = parent.resolve("lib/jlvs");
        file = folder.resolve("state.json");
    }

    @Test
    void beginsEmptyAndMakesTheFolder() {
        try (var store = open()) {
            assertThat(store.load()).isEqualTo(Configuration.EMPTY);
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(events).isEmpty();
    }

    @Test
    void readsBackWhatWasSaved() throws IOException {
        try (var store = open()) {
            store.write(StateWriter.state(6));
            store.write(StateWriter.state(7));
            store.awaitSaved();

            assertThat(read()).isEqualTo(StateWriter.state(7));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.readString(file)).contains("\"format\" : 1", "\"version\" : 7");
    }

    @Property(tries = 200)
    void readsBackAnyState(@ForAll("services") List<ServiceEntry> services) {
        var state = new Configuration(Long.MAX_VALUE, services);

        assertThat(StateFile.decode(StateFile.encode(state))).isEqualTo(state);
    }

    @Provide
    Arbitrary<List<ServiceEntry>> services() {
        return Models.entries().list().ofMaxSize(5).uniqueElements(ServiceEntry::key);
    }

    @Test
    void writesWhatIsLeftWhenItIsClosed() {
        try (var store = open()) {
            IntStream.rangeClosed(1, 100).forEach(version -> store.write(StateWriter.state(version)));
        }

        assertThat(read()).isEqualTo(StateWriter.state(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"format\": 2, \"version\": 1, \"services\": []}",
                "{\"format\": 1, \"services\": []}",
                "{\"format\": 1, \"version\": 1, \"services\": [{}]}",
                "{\"format\": 1, \"version\": 1, \"services\": [{\"fwmark\": 1}, {\"fwmark\": 1}]}"
            })
    void setsAsideAndReportsWhatItCantUnderstand(String content) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file, content);

        try (var store = open()) {
            assertThat(store.load()).isEqualTo(Configuration.EMPTY);
        }

        var aside = folder.resolve("state.json.corrupt-20260101T000000000Z");
        assertThat(aside).hasContent(content);
        assertThat(file).doesNotExist();
        assertThat(events).singleElement().isInstanceOfSatisfying(DirectorEvent.StateSetAside.class, event -> {
            assertThat(event.file()).isEqualTo(aside.toString());
            assertThat(event.reason()).isNotBlank();
        });
    }

    @Test
    void saysWhereTheSavedStateIsWrong() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file, "{\"format\": 1, \"version\": 1, \"services\": [{\"fwmark\": 1}, {\"fwmark\": 0}]}");

        try (var store = open()) {
            store.load();
        }

        assertThat(events)
                .singleElement()
                .extracting(event -> ((DirectorEvent.StateSetAside) event).reason())
                .isEqualTo("$.services[1]: firewall mark 0 is outside 1..4294967295");
    }

    @Test
    void neverReplacesAStateThatWasSetAsideBefore() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("state.json.corrupt-20260101T000000000Z"), "older");
        Files.writeString(file, "newer");

        try (var store = open()) {
            assertThatThrownBy(store::load)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("moved aside");
        }

        assertThat(file).hasContent("newer");
        assertThat(folder.resolve("state.json.corrupt-20260101T000000000Z")).hasContent("older");
    }

    @Test
    void refusesToStartWhenTheStateCantBeRead() throws IOException {
        Files.createDirectories(file);

        try (var store = open()) {
            assertThatThrownBy(store::load)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("can't read the saved state " + file);
        }
    }

    @Test
    void refusesToStartWithAFolderThatIsNone() throws IOException {
        Files.writeString(parent.resolve("lib"), "a file");

        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't use the state folder " + folder)
                .hasMessageContaining("state.folder in jlvs.yaml");
    }

    @Test
    void tellsThatItCantWriteAndGoesOnTrying() throws IOException {
        try (var store = open()) {
            var obstacle = Files.createDirectory(folder.resolve("state.json.new"));
            store.write(StateWriter.state(1));

            var error = catchThrowableOfType(CommandException.class, store::awaitSaved);

            assertThat(error.code()).isEqualTo(ErrorCode.NOT_SAVED);
            assertThat(error).hasMessageContaining(file.toString()).hasMessageContaining("tried again");
            Files.delete(obstacle);
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(store::awaitSaved);
            assertThat(read()).isEqualTo(StateWriter.state(1));
        }
    }

    @Test
    void keepsTheLastStateWhenWritingFails() throws IOException {
        try (var store = open()) {
            store.write(StateWriter.state(1));
            store.awaitSaved();
            Files.createDirectory(folder.resolve("state.json.new"));
            store.write(StateWriter.state(2));
            assertThatThrownBy(store::awaitSaved).isInstanceOf(CommandException.class);
        }

        assertThat(read()).isEqualTo(StateWriter.state(1));
    }

    @Test
    void showsReadersOnlyWholeStatesWhileManyWrite() throws Exception {
        try (var store = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            store.write(StateWriter.state(1));
            store.awaitSaved();
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.submit(() -> writeAndAwait(store, writer)))
                    .toList();
            while (!writers.stream().allMatch(Future::isDone)) {
                var seen = read();
                assertThat(seen).isEqualTo(StateWriter.state(seen.version()));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
    }

    private static void writeAndAwait(StateStore store, int writer) {
        for (int i = 1; i <= 50; i++) {
            store.write(StateWriter.state(1000L * writer + i));
            store.awaitSaved();
        }
    }

    private FileStateStore open() {
        return new FileStateStore(folder, events::add, new FakeClock());
    }

    private Configuration read() {
        try {
            return StateFile.decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
