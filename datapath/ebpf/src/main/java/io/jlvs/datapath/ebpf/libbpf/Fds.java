package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What maps and programs have in common: descriptors, pins, descriptions. */
final class Fds {

    /** What no call takes for a descriptor. */
    static final int CLOSED = -1;

    private static final int F_DUPFD_CLOEXEC = 1030;

    // int close(int fd);
    private static final MethodHandle CLOSE = Native.libc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    // int fcntl(int fd, int cmd, int arg);
    private static final MethodHandle FCNTL = Native.libc(
            "fcntl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2),
            Native.ERRNO);
    // int bpf_obj_pin(int fd, const char *pathname);
    private static final MethodHandle PIN =
            Native.libbpf("bpf_obj_pin", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    // int bpf_obj_get(const char *pathname);
    private static final MethodHandle GET = Native.libbpf("bpf_obj_get", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // int bpf_obj_get_info_by_fd(int bpf_fd, void *info, __u32 *info_len);
    private static final MethodHandle INFO =
            Native.libbpf("bpf_obj_get_info_by_fd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private Fds() {}

    static int copy(int fd) {
        try (var arena = Arena.ofConfined()) {
            var state = Native.errnoState(arena);
            int copy = (int) FCNTL.invokeExact(state, fd, F_DUPFD_CLOEXEC, 0);
            if (copy < 0) {
                throw new BpfException("copy a descriptor", Native.errno(state));
            }
            return copy;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static void pin(int fd, Path path) {
        try (var arena = Arena.ofConfined()) {
            Native.check((int) PIN.invokeExact(fd, arena.allocateFrom(path.toString())), "pin " + path);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static int openPinned(Path path) {
        try (var arena = Arena.ofConfined()) {
            return Native.check(
                    (int) GET.invokeExact(arena.allocateFrom(path.toString())), "open what is pinned as " + path);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** The beginning of the kernel's description, struct bpf_map_info or bpf_prog_info. */
    static MemorySegment info(int fd, Arena arena, int size) {
        try {
            var info = arena.allocate(size, 8);
            var length = arena.allocateFrom(JAVA_INT, size);
            Native.check((int) INFO.invokeExact(fd, info, length), "ask for the description of a descriptor");
            return info;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static void close(int fd) {
        try {
            var _ = (int) CLOSE.invokeExact(fd);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
