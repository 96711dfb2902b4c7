package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Handles of native functions. */
final class Native {

    static final Linker LINKER = Linker.nativeLinker();
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final SymbolLookup LIBBPF = SymbolLookup.libraryLookup("libbpf.so.1", Arena.global());
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    static {
        quiet();
    }

    private Native() {}

    /** A function of libbpf. */
    static MethodHandle libbpf(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LIBBPF.findOrThrow(name), type, options);
    }

    /** A function of the C library. */
    static MethodHandle libc(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LIBC.findOrThrow(name), type, options);
    }

    /** Room for the errno of a call made with {@link #ERRNO}. */
    static MemorySegment errnoState(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO_OFFSET);
    }

    /** What a handle has thrown: nothing that can be handled. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("a native call can't throw", thrown);
        };
    }

    /**
     * The result of a call that answers a negative errno.
     *
     * @throws BpfException that says what was tried
     */
    static int check(int result, String tried) {
        if (result < 0) {
            throw new BpfException(tried, -result);
        }
        return result;
    }

    /** Errors are thrown as exceptions; libbpf need not print them as well. */
    private static void quiet() {
        // libbpf_print_fn_t libbpf_set_print(libbpf_print_fn_t fn);
        var setPrint = libbpf("libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
        try {
            var _ = (MemorySegment) setPrint.invokeExact(MemorySegment.NULL);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** {@code void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset);} */
    static final class Mmap {

        private static final int READ_AND_WRITE = 3;
        private static final int SHARED = 1;
        private static final MethodHandle MMAP = libc(
                "mmap",
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
                ERRNO);

        private Mmap() {}

        /** Maps a file for as long as the process lives. */
        static MemorySegment shared(int fd, long length, String what) {
            try (var arena = Arena.ofConfined()) {
                var state = errnoState(arena);
                var at = (MemorySegment)
                        MMAP.invokeExact(state, MemorySegment.NULL, length, READ_AND_WRITE, SHARED, fd, 0L);
                if (at.address() == -1) {
                    throw new BpfException("map " + what + " into memory", errno(state));
                }
                return at.reinterpret(length);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }
    }
}
