package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpfBatchTest {

    private static final int ENTRIES = 10_000;

    private final Arena arena = Arena.ofAuto();
    private BpfMap array;

    @BeforeEach
    void makeAnArray() {
        Sample.needsRoot();
        array = BpfMap.create(BpfMap.ARRAY, "array", 4, 8, ENTRIES, 0);
    }

    @AfterEach
    void closeIt() {
        if (array != null) {
            array.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, ENTRIES})
    void readsTheFirstEntriesThatWereWritten(int count) {
        write(0, ENTRIES);

        var values = arena.allocate(JAVA_LONG, count);
        BpfBatch.readFirst(array, count, values);

        assertThat(values.toArray(JAVA_LONG))
                .isEqualTo(LongStream.range(0, count).toArray());
    }

    @Test
    void entriesAreWrittenUpToTheOneThatCannotBe() {
        assertThatThrownBy(() -> write(ENTRIES - 1, 2))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("write 2 entries to map array");

        var value = Sample.u64(0);
        assertThat(array.lookup(Sample.u32(ENTRIES - 1), value)).isTrue();
        assertThat(value.get(JAVA_LONG, 0)).isEqualTo(ENTRIES - 1);
    }

    private void write(int from, int count) {
        var keys =
                arena.allocateFrom(JAVA_INT, IntStream.range(from, from + count).toArray());
        var values = arena.allocateFrom(
                JAVA_LONG, LongStream.range(from, from + count).toArray());
        BpfBatch.update(array, keys, values, count);
    }
}
