package io.jlvs.datapath.ebpf.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpfFsTest {

    private static final Path FOLDER = Path.of("/sys/fs/bpf/jlvs-libbpf-test");

    @Test
    void pinnedMapOutlivesItsDescriptor() throws Exception {
        inOwnMounts(() -> {
            BpfFs.makeFolder(FOLDER.resolve("v1"));
            var path = FOLDER.resolve("v1/numbers");
            try (var numbers = BpfMap.create(BpfMap.HASH, "numbers", 4, 8, 10, 0)) {
                numbers.update(Sample.u32(1), Sample.u64(2), BpfMap.ANY);
                numbers.pin(path);
            }

            try (var again = BpfMap.openPinned(path)) {
                assertThat(again.name()).isEqualTo("numbers");
                assertThat(again.lookup(Sample.u32(1), Sample.u64(0))).isTrue();
            }
        });
    }

    @Test
    void pinnedProgramRunsAgain() throws Exception {
        inOwnMounts(() -> {
            BpfFs.makeFolder(FOLDER);
            int id;
            try (var sample = Sample.load();
                    var twice = sample.program("twice")) {
                twice.pin(FOLDER.resolve("twice"));
                id = twice.id();
            }

            try (var again = BpfProgram.openPinned(FOLDER.resolve("twice"))) {
                assertThat(again.id()).isEqualTo(id);
                assertThat(again.testRun(ProgramRun.call(new byte[8])).verdict())
                        .isZero();
            }
        });
    }

    @Test
    void pinThatIsThereIsNotOverwritten() throws Exception {
        inOwnMounts(() -> {
            BpfFs.makeFolder(FOLDER);
            try (var numbers = BpfMap.create(BpfMap.HASH, "numbers", 4, 8, 10, 0)) {
                numbers.pin(FOLDER.resolve("numbers"));

                assertThatThrownBy(() -> numbers.pin(FOLDER.resolve("numbers")))
                        .isInstanceOf(BpfException.class)
                        .hasMessageContaining("EEXIST");
            }
        });
    }

    @Test
    void whatIsNotPinnedIsTold() throws Exception {
        inOwnMounts(() -> {
            assertThatThrownBy(() -> BpfMap.openPinned(FOLDER.resolve("absent")))
                    .isInstanceOf(BpfException.class)
                    .hasMessageContaining("ENOENT")
                    .hasMessageContaining("absent");
        });
    }

    @Test
    void folderIsRemovedWithItsPins() throws Exception {
        inOwnMounts(() -> {
            BpfFs.makeFolder(FOLDER.resolve("v1"));
            try (var numbers = BpfMap.create(BpfMap.HASH, "numbers", 4, 8, 10, 0)) {
                numbers.pin(FOLDER.resolve("v1/numbers"));
            }

            BpfFs.remove(FOLDER);

            assertThat(FOLDER).doesNotExist();
        });
    }

    @Test
    void fileSystemIsMountedAtItsUsualPlaceWhenItIsNot() throws Exception {
        inOwnMounts(() -> {
            BpfFs.makeFolder(FOLDER);

            try (var numbers = BpfMap.create(BpfMap.HASH, "numbers", 4, 8, 10, 0)) {
                numbers.pin(FOLDER.resolve("numbers"));
            }
            assertThat(FOLDER.resolve("numbers")).exists();
        });
        assertThat(FOLDER).as("outside of its own mounts").doesNotExist();
    }

    @Test
    void otherFileSystemsAreNotForPinsAndNothingThereIsRemoved(@TempDir Path ordinary) throws Exception {
        Sample.needsRoot();
        var file = Files.writeString(ordinary.resolve("precious"), "mine");

        assertThatThrownBy(() -> BpfFs.makeFolder(ordinary.resolve("pins")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not on a bpf file system");
        assertThatThrownBy(() -> BpfFs.remove(ordinary)).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).exists();
    }

    /** With a place for the file system where it is not mounted yet; what is made there is gone afterwards. */
    private static void inOwnMounts(OwnNamespaces.Action action) throws Exception {
        OwnNamespaces.run(() -> {
            OwnNamespaces.command("mount", "-t", "tmpfs", "jlvs-none", "/sys/fs/bpf");
            action.run();
        });
    }
}
