package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

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
    private static final SymbolLookup LIBBPF = SymbolLookup.libraryLookup(Libbpf.NAME, Arena.global());
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

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
}
