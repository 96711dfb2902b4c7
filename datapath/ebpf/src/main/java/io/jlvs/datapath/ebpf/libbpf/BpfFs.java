package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The file system of pinned maps and programs. */
public final class BpfFs {

    private static final Path USUAL = Path.of("/sys/fs/bpf");

    /** BPF_FS_MAGIC of linux/magic.h. */
    private static final long MAGIC = 0xcafe4a11L;

    private static final long STATFS_BYTES = 120;

    // int statfs(const char *path, struct statfs *buf);
    private static final MethodHandle STATFS =
            Native.libc("statfs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), Native.ERRNO);
    // int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
    private static final MethodHandle MOUNT = Native.libc(
            "mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS), Native.ERRNO);

    private BpfFs() {}

    /**
     * Makes a folder for pins; mounts the file system at its usual place if that is empty.
     *
     * @throws BpfException if the file system can't be mounted
     * @throws IllegalArgumentException if the folder is not on such a file system
     */
    public static void makeFolder(Path folder) {
        try {
            if (folder.startsWith(USUAL) && !isBpfFs(USUAL)) {
                mount(USUAL);
            }
            Files.createDirectories(folder);
            mustBeBpfFs(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the folder " + folder, e);
        }
    }

    /**
     * Removes a folder with all pins in it; what they held goes when nobody else holds it.
     *
     * @throws IllegalArgumentException if the folder is not on such a file system: other files are never removed
     */
    public static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        mustBeBpfFs(folder);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove the pins in " + folder, e);
        }
    }

    private static void mustBeBpfFs(Path folder) {
        if (!isBpfFs(folder)) {
            throw new IllegalArgumentException(folder + " is not on a bpf file system: choose a folder below " + USUAL);
        }
    }

    private static boolean isBpfFs(Path folder) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            var about = arena.allocate(STATFS_BYTES, Long.BYTES); // its first field is long f_type
            if ((int) STATFS.invokeExact(state, arena.allocateFrom(folder.toString()), about) < 0) {
                throw new BpfException("look at the file system of " + folder, Native.errno(state));
            }
            return about.get(JAVA_LONG, 0) == MAGIC;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static void mount(Path folder) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            var type = arena.allocateFrom("bpf");
            var target = arena.allocateFrom(folder.toString());
            if ((int) MOUNT.invokeExact(state, type, target, type, 0L, MemorySegment.NULL) < 0) {
                throw new BpfException("mount the bpf file system at " + folder, Native.errno(state));
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
