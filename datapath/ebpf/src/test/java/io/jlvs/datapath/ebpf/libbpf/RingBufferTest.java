package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RingBufferTest {

    private final List<Integer> taken = new ArrayList<>();
    private BpfObject sample;
    private BpfMap records;
    private BpfProgram twice;

    @BeforeEach
    void loadTheSample() {
        sample = Sample.load();
        records = sample.map("records");
        twice = sample.program("twice");
    }

    @AfterEach
    void closeIt() {
        if (sample != null) {
            twice.close();
            records.close();
            sample.close();
        }
    }

    @Test
    void takesTheRecordsInTheirOrder() {
        try (var ring = new RingBuffer(records, this::take)) {
            write(1, 2, 3);

            assertThat(ring.consume()).isEqualTo(3);
            assertThat(taken).containsExactly(1, 2, 3);
        }
    }

    @Test
    void takesNothingWhereNothingIs() {
        try (var ring = new RingBuffer(records, this::take)) {
            assertThat(ring.consume()).isZero();
            assertThat(ring.poll(Duration.ofMillis(1))).isZero();
        }
    }

    @Test
    void waitingReaderIsWokenByARecord() throws Exception {
        try (var ring = new RingBuffer(records, this::take)) {
            var polled = CompletableFuture.supplyAsync(() -> ring.poll(Duration.ofMinutes(1)));
            write(9);

            assertThat(polled.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(taken).containsExactly(9);
        }
    }

    @Test
    void recordHasItsOwnLengthAndCannotBeWritten() {
        Consumer<MemorySegment> look = record -> {
            assertThat(record.byteSize()).isEqualTo(8);
            assertThat(record.isReadOnly()).isTrue();
            take(record);
        };
        try (var ring = new RingBuffer(records, look)) {
            write(4);
            ring.consume();

            assertThat(taken).containsExactly(4);
        }
    }

    @Test
    void recordThatIsNotTakenDoesNotHinderTheNext() {
        Consumer<MemorySegment> picky = record -> {
            if (record.get(JAVA_INT, 0) == 1) {
                throw new IllegalStateException("not this one");
            }
            take(record);
        };
        try (var ring = new RingBuffer(records, picky)) {
            write(1, 2);

            assertThat(ring.consume()).isEqualTo(2);
            assertThat(taken).containsExactly(2);
        }
    }

    @Test
    void mapThatIsNoRingBufferIsRefusedWithTheReason() {
        try (var numbers = sample.map("numbers")) {
            assertThatThrownBy(() -> new RingBuffer(numbers, this::take))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("read the ring buffer numbers")
                    .hasMessageContaining("not BPF_MAP_TYPE_RINGBUF");
        }
    }

    @Test
    void isClosedOnce() {
        var ring = new RingBuffer(records, this::take);
        ring.close();
        ring.close();

        assertThatThrownBy(ring::consume).isInstanceOf(IllegalStateException.class);
    }

    private void take(MemorySegment record) {
        taken.add(record.get(JAVA_INT, 0));
    }

    private void write(int... numbers) {
        for (int number : numbers) {
            twice.testRun(ProgramRun.call(new byte[] {(byte) number, 0, 0, 0, 0, 0, 0, 0}));
        }
    }
}
