package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Memory shared with the kernel. */
final class Memory {

    private static final int READ_AND_WRITE = 3;
    private static final int SHARED = 1;
    private static final long FAILED = -1;

    // void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);
    private static final MethodHandle MAP = Native.libc(
            "mmap",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            Native.ERRNO);
    // int munmap(void *addr, size_t length);
    private static final MethodHandle UNMAP =
            Native.libc("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

    private Memory() {}

    /** Maps a file for as long as the memory can be reached. */
    static MemorySegment shared(int fd, long length, String what) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            var at = (MemorySegment) MAP.invokeExact(state, MemorySegment.NULL, length, READ_AND_WRITE, SHARED, fd, 0L);
            if (at.address() == FAILED) {
                throw new BpfException("map " + what + " into memory", Native.errno(state));
            }
            return at.reinterpret(length, Arena.ofAuto(), Memory::unmap);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static void unmap(MemorySegment memory) {
        try {
            var _ = (int) UNMAP.invokeExact(memory, memory.byteSize());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
