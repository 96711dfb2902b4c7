package io.jlvs.engine.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.datapath.SyncedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The binary format of docs/cluster-sync.md. */
class SyncFormatTest {

    private static final Path RECORDED = Path.of("src/test/resources/cluster-sync/version-1.hex");
    private static final List<SyncedEntry> ENTRIES = List.of(Entries.WEB, Entries.TEMPLATE);

    @Test
    void messageOfVersionOneIsWrittenAsItWasRecorded() throws IOException {
        assertThat(HexFormat.of().formatHex(write(5, ENTRIES))).isEqualTo(recorded());
    }

    @Test
    void recordedMessageOfVersionOneIsRead() throws IOException, SyncFormatException {
        var message = SyncReader.read(HexFormat.of().parseHex(recorded()));

        assertThat(message.syncId()).isEqualTo(5);
        assertThat(message.entries()).isEqualTo(ENTRIES);
        assertThat(message.skipped()).isZero();
    }

    @Property(tries = 300)
    void everyEntryIsReadAsItWasWritten(@ForAll("entries") List<SyncedEntry> entries) throws SyncFormatException {
        assertThat(SyncReader.read(write(0, entries)).entries()).isEqualTo(entries);
    }

    @Property(tries = 300)
    void noRecordIsLongerThanTheRoomKeptForIt(@ForAll("entries") List<SyncedEntry> entries) {
        for (var entry : entries) {
            assertThat(write(0, List.of(entry)).length).isLessThan(Wire.HEADER + Wire.LONGEST_RECORD);
        }
    }

    @Test
    void timeThatAMessageWasHeldIsTimeOfSilence() throws SyncFormatException {
        var message = write(0, ENTRIES);
        SyncWriter.held(message, Duration.ofMillis(250));

        var entry = SyncReader.read(message).entries().getFirst();

        assertThat(entry.silent()).isEqualTo(Entries.WEB.silent().plusMillis(250));
    }

    @Test
    void recordsOfAKindOfTheFutureAreSteppedOver() throws SyncFormatException {
        var known = write(0, ENTRIES);
        var message = Arrays.copyOf(known, known.length + 7);
        message[known.length] = 99;
        message[known.length + 3] = 3;

        var read = SyncReader.read(message);

        assertThat(read.entries()).isEqualTo(ENTRIES);
        assertThat(read.skipped()).isEqualTo(1);
    }

    @Test
    void fieldsOfTheFutureBehindThoseThatAreKnownAreSteppedOver() throws SyncFormatException {
        var known = write(0, List.of(Entries.WEB));
        var message = Arrays.copyOf(known, known.length + 8);
        message[Wire.HEADER + 3] = (byte) (message[Wire.HEADER + 3] + 8);

        assertThat(SyncReader.read(message).entries()).containsExactly(Entries.WEB);
    }

    @Test
    void anotherVersionIsRefusedWithItsNumber() {
        var message = write(0, ENTRIES);
        message[2] = 2;

        assertThatThrownBy(() -> SyncReader.read(message))
                .isInstanceOf(SyncFormatException.class)
                .hasMessageContaining("version 2");
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefusedWithAReason(@ForAll("bytes") byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void spoiltMessageIsReadAsEntriesThatCanBeOrRefused(
            @ForAll("entries") List<SyncedEntry> entries,
            @ForAll("bytes") byte[] spoil,
            @ForAll("positions") int position) {
        var message = write(0, entries);
        for (int i = 0; i < spoil.length && i < 3; i++) {
            int at = (position + 7 * i) % message.length;
            message[at] = (byte) (message[at] ^ spoil[i]);
        }
        readOrRefuse(message);
    }

    @Property(tries = 300)
    void everyMessageThatWasCutOffIsRefusedOrIsABeginning(
            @ForAll("entries") List<SyncedEntry> entries, @ForAll("positions") int position) {
        var message = write(0, entries);
        var read = readOrRefuse(Arrays.copyOf(message, position % message.length));

        assertThat(read).isEqualTo(entries.subList(0, read.size()));
    }

    /** What is read is written again as the same: so it is nothing that the model could not hold. */
    private static List<SyncedEntry> readOrRefuse(byte[] message) {
        try {
            var read = SyncReader.read(message).entries();
            for (var entry : read) {
                if (entry.silent().compareTo(Duration.ofMillis(0xffff_ffffL)) <= 0) {
                    assertThat(SyncReader.read(write(0, List.of(entry))).entries())
                            .containsExactly(entry);
                }
            }
            return read;
        } catch (SyncFormatException e) {
            assertThat(e).hasMessageContaining("synchronisation message");
            return List.of();
        }
    }

    @Provide
    Arbitrary<List<SyncedEntry>> entries() {
        return Entries.any().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 1000);
    }

    private static byte[] write(int syncId, List<SyncedEntry> entries) {
        var writer = new SyncWriter(Outbox.MESSAGE, syncId);
        entries.forEach(writer::add);
        return writer.message();
    }

    private static String recorded() throws IOException {
        return Files.readString(RECORDED).replaceAll("#.*|\\s", "");
    }
}
