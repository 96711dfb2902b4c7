package io.jlvs.datapath.ebpf.libbpf;

import static io.jlvs.datapath.ebpf.libbpf.Sample.u32;
import static io.jlvs.datapath.ebpf.libbpf.Sample.u64;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpfMapTest {

    private static final int LRU_HASH = 9;
    private static final int ENTRIES = 5000;

    private BpfMap numbers;

    @BeforeEach
    void makeAMap() {
        Sample.needsRoot();
        numbers = BpfMap.create(BpfMap.HASH, "numbers", Integer.BYTES, Long.BYTES, ENTRIES, 0);
    }

    @AfterEach
    void closeIt() {
        if (numbers != null) {
            numbers.close();
        }
    }

    @Test
    void knowsWhatItWasMadeWith() {
        assertThat(numbers.type()).isEqualTo(BpfMap.HASH);
        assertThat(numbers.name()).isEqualTo("numbers");
        assertThat(numbers.keySize()).isEqualTo(4);
        assertThat(numbers.valueSize()).isEqualTo(8);
        assertThat(numbers.userValueSize()).isEqualTo(8);
        assertThat(numbers.maxEntries()).isEqualTo(ENTRIES);
    }

    @Test
    void mapThatTheKernelHasNotIsRefusedWithItsName() {
        assertThatThrownBy(() -> BpfMap.create(BpfMap.HASH, "odd", 0, 8, 1, 0))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("make the map odd")
                .hasMessageContaining("EINVAL");
    }

    @Test
    void givesWhatWasWrittenUntilItIsDeleted() {
        numbers.update(u32(5), u64(55), BpfMap.ANY);

        assertThat(valueOf(5)).isEqualTo(55);
        assertThat(numbers.delete(u32(5))).isTrue();
        assertThat(numbers.delete(u32(5))).isFalse();
        assertThat(numbers.lookup(u32(5), u64(0))).isFalse();
    }

    @Test
    void entryThatIsThereStaysIfOnlyAnAbsentOneIsWritten() {
        assertThat(numbers.updateIfAbsent(u32(5), u64(1))).isTrue();
        assertThat(numbers.updateIfAbsent(u32(5), u64(2))).isFalse();

        assertThat(valueOf(5)).isEqualTo(1);
    }

    @Test
    void absentEntryIsNotReplaced() {
        var thrown = catchThrowableOfType(BpfException.class, () -> numbers.update(u32(5), u64(1), BpfMap.EXIST));

        assertThat(thrown.errno()).isEqualTo(Errno.ENOENT);
        assertThat(thrown).hasMessageContaining("write to map numbers");
    }

    @Test
    void fullMapIsToldAsFull() {
        try (var small = BpfMap.create(BpfMap.HASH, "small", 4, 8, 1, 0)) {
            small.update(u32(1), u64(1), BpfMap.ANY);

            assertThatThrownBy(() -> small.update(u32(2), u64(2), BpfMap.ANY))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("full");
        }
    }

    @Test
    void nextKeyGoesThroughAllAndEnds() {
        fill(numbers, 3);

        var keys = new HashSet<Integer>();
        var key = u32(0);
        for (boolean more = numbers.nextKey(null, key); more; more = numbers.nextKey(key, key)) {
            keys.add(key.get(JAVA_INT, 0));
        }

        assertThat(keys).containsExactlyInAnyOrder(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {BpfMap.HASH, BpfMap.ARRAY, LRU_HASH})
    void walkSeesEachEntryOnceWhateverTheBatch(int type) {
        try (var map = BpfMap.create(type, "walked", 4, 8, ENTRIES, 0)) {
            fill(map, type == LRU_HASH ? ENTRIES / 4 : ENTRIES); // it forgets before it is full
            var there = IntStream.range(0, type == LRU_HASH ? ENTRIES / 4 : ENTRIES)
                    .boxed()
                    .collect(Collectors.toSet());

            for (int batch : new int[] {1, 7, 512, ENTRIES, 2 * ENTRIES}) {
                assertThat(walk(map, batch)).as("batches of %d", batch).isEqualTo(there);
            }
        }
    }

    @Test
    void walkOfAnEmptyMapSeesNothing() {
        assertThat(walk(numbers, 64)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {BpfMap.PERCPU_HASH, BpfMap.PERCPU_ARRAY, BpfMap.LRU_PERCPU_HASH})
    void entryOfAPerCpuMapHasAFilledUpValueForEachProcessor(int type) {
        int size = 12;
        int cpus = BpfMap.possibleCpus();
        try (var map = BpfMap.create(type, "per_cpu", 4, size, 2, 0)) {
            assertThat(map.userValueSize()).isEqualTo(16 * cpus);
            var value = Arena.ofAuto().allocate(map.userValueSize(), 8);
            for (int cpu = 0; cpu < cpus; cpu++) {
                value.set(JAVA_INT, 16L * cpu + 8, 100 + cpu);
            }
            map.update(u32(1), value, BpfMap.ANY);

            var seen = new HashSet<Integer>();
            map.forEach(64, (key, values) -> {
                if (key.get(JAVA_INT, 0) == 1) {
                    assertThat(values.byteSize()).isEqualTo(16L * cpus);
                    IntStream.range(0, cpus).forEach(cpu -> seen.add(values.get(JAVA_INT, 16L * cpu + 8)));
                }
            });
            assertThat(seen).isEqualTo(IntStream.range(100, 100 + cpus).boxed().collect(Collectors.toSet()));
        }
    }

    @Test
    void mapWithoutBatchesIsWalkedOneByOne() {
        try (var sample = Sample.load();
                var programs = sample.map("programs");
                var count = sample.program("count");
                var change = sample.program("change")) {
            programs.update(u32(2), u32(count.fd()), BpfMap.ANY);
            programs.update(u32(5), u32(change.fd()), BpfMap.ANY);

            var found = new HashSet<String>();
            programs.forEach(64, (key, value) -> found.add(key.get(JAVA_INT, 0) + "=" + value.get(JAVA_INT, 0)));
            assertThat(found).containsExactlyInAnyOrder("2=" + count.id(), "5=" + change.id());
        }
    }

    @Test
    void mapOfMapsGivesTheNumberOfTheOneInIt() {
        try (var sample = Sample.load();
                var nested = sample.map("nested");
                var inner = BpfMap.create(BpfMap.ARRAY, "inner", 4, 4, 100, BpfMap.INNER_MAP)) {
            nested.update(u32(1), u32(inner.fd()), BpfMap.ANY);

            var number = u32(0);
            assertThat(nested.lookup(u32(1), number)).isTrue();
            assertThat(nested.lookup(u32(0), number)).isFalse();
            try (var same = BpfMap.byId(inner.id())) {
                assertThat(same.maxEntries()).isEqualTo(100);
            }
        }
    }

    @Test
    void mappedMemoryIsTheMapAndOutlivesItsDescriptor() {
        MemorySegment memory;
        try (var sample = Sample.load();
                var shared = sample.map("shared");
                var twice = sample.program("twice")) {
            memory = shared.mapped();
            assertThat(memory.byteSize()).isEqualTo(3 * 8);
            memory.set(JAVA_INT, 16, 99);
            var value = u32(0);
            assertThat(shared.lookup(u32(2), value)).isTrue();
            assertThat(value.get(JAVA_INT, 0)).isEqualTo(99);

            twice.testRun(ProgramRun.call(new byte[] {21, 0, 0, 0, 0, 0, 0, 0}));
            assertThat(memory.get(JAVA_INT, 8)).isEqualTo(42);
        }
        assertThat(memory.get(JAVA_INT, 16)).isEqualTo(99);
    }

    @Test
    void mapThatWasNotMadeForItIsNotMapped() {
        assertThatThrownBy(numbers::mapped)
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("map map numbers into memory");
    }

    @Test
    void closedMapAnswersNothingAndItsDescriptorIsClosedOnce() {
        numbers.close();
        try (var next = BpfMap.create(BpfMap.HASH, "next", 4, 8, 1, 0)) {
            numbers.close();

            assertThat(next.lookup(u32(1), u64(0))).isFalse();
            assertThatThrownBy(() -> numbers.lookup(u32(1), u64(0)))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("EBADF");
        }
    }

    private long valueOf(int key) {
        var value = u64(0);
        assertThat(numbers.lookup(u32(key), value)).isTrue();
        return value.get(JAVA_LONG, 0);
    }

    private static void fill(BpfMap map, int entries) {
        for (int i = 0; i < entries; i++) {
            map.update(u32(i), u64(2L * i), BpfMap.ANY);
        }
    }

    private static Set<Integer> walk(BpfMap map, int batch) {
        var seen = new HashSet<Integer>();
        map.forEach(batch, (key, value) -> {
            int number = key.get(JAVA_INT, 0);
            assertThat(seen.add(number)).as("key %d is seen once", number).isTrue();
            assertThat(value.get(JAVA_LONG, 0)).isEqualTo(2L * number);
        });
        return seen;
    }
}
