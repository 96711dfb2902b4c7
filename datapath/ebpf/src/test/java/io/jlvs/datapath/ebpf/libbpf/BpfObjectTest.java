package io.jlvs.datapath.ebpf.libbpf;

import static io.jlvs.datapath.ebpf.libbpf.Sample.u32;
import static io.jlvs.datapath.ebpf.libbpf.Sample.u64;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class BpfObjectTest {

    @Test
    void namesItsMaps() {
        try (var sample = Sample.open("sample.tc")) {
            assertThat(sample.mapNames())
                    .containsExactlyInAnyOrder("numbers", "seen", "shared", "records", "programs", "nested");
        }
    }

    @Test
    void fileThatIsNoObjectIsRefusedWithItsNameAndTheReason() {
        Sample.needsRoot();

        assertThatThrownBy(() -> BpfObject.open("nonsense", new byte[] {1, 2, 3, 4}))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("nonsense")
                .hasMessageContaining("BPF object format invalid");
    }

    @Test
    void refusedProgramBringsTheLogOfTheVerifier() {
        try (var refused = Sample.open("refused.tc")) {
            var thrown = catchThrowableOfType(BpfException.class, refused::load);

            assertThat(thrown.errno()).isEqualTo(13);
            assertThat(thrown)
                    .hasMessageStartingWith("can't load refused.tc's programs: EACCES")
                    .hasMessageContaining("'forward'")
                    .hasMessageContaining("invalid access to packet");
        }
    }

    @Test
    void mapThatCannotBeMadeIsNamed() {
        try (var sample = Sample.open("sample.tc")) {
            sample.maxEntries("numbers", 0);

            assertThatThrownBy(sample::load)
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("EINVAL")
                    .hasMessageContaining("'numbers'");
        }
    }

    @Test
    void wordsOfOneFailureAreNotToldWithTheNext() {
        try (var refused = Sample.open("refused.tc");
                var sample = Sample.open("sample.tc")) {
            assertThatThrownBy(refused::load).hasMessageContaining("'forward'");
            sample.maxEntries("numbers", 0);

            assertThatThrownBy(sample::load).message().doesNotContain("'forward'");
        }
    }

    @Test
    void mapIsMadeAsLargeAsWanted() {
        try (var sample = Sample.open("sample.tc")) {
            sample.maxEntries("numbers", 77);
            sample.load();

            try (var numbers = sample.map("numbers")) {
                assertThat(numbers.maxEntries()).isEqualTo(77);
            }
        }
    }

    @Test
    void objectsShareTheMapThatIsReused() {
        try (var first = Sample.load();
                var second = Sample.open("sample.xdp");
                var numbers = first.map("numbers")) {
            second.reuse("numbers", numbers);
            second.load();
            numbers.update(u32(1), u64(11), BpfMap.ANY);

            try (var same = second.map("numbers")) {
                var value = u64(0);
                assertThat(same.id()).isEqualTo(numbers.id());
                assertThat(same.lookup(u32(1), value)).isTrue();
                assertThat(value.get(JAVA_LONG, 0)).isEqualTo(11);
            }
        }
    }

    @Test
    void mapOfAnotherLayoutIsNotReused() {
        try (var sample = Sample.load();
                var wider = Sample.open("wider.tc");
                var numbers = sample.map("numbers")) {
            assertThatThrownBy(() -> wider.reuse("numbers", numbers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keys of 4 and values of 16 bytes")
                    .hasMessageContaining("4 and 8");
        }
    }

    @Test
    void unknownMapIsToldWithThoseThatThereAre() {
        try (var sample = Sample.open("sample.xdp")) {
            assertThatThrownBy(() -> sample.maxEntries("letters", 5))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("letters")
                    .hasMessageContaining("[numbers]");
        }
    }

    @Test
    void partsOutliveTheObjectAndAreNotHadBeforeItIsLoaded() {
        var sample = Sample.open("sample.tc");
        assertThatThrownBy(() -> sample.map("numbers")).isInstanceOf(BpfException.class);
        sample.load();
        var numbers = sample.map("numbers");
        sample.close();
        sample.close();

        try (numbers) {
            assertThat(numbers.lookup(u32(1), u64(0))).isFalse();
        }
    }
}
