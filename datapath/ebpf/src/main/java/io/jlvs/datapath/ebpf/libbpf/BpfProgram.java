package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** A loaded BPF program by its file descriptor. Methods may be called from any thread. */
public final class BpfProgram implements AutoCloseable {

    // int bpf_prog_test_run_opts(int prog_fd, struct bpf_test_run_opts *opts);
    private static final MethodHandle TEST_RUN =
            Native.libbpf("bpf_prog_test_run_opts", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    // int bpf_prog_get_fd_by_id(__u32 id);
    private static final MethodHandle FD_BY_ID =
            Native.libbpf("bpf_prog_get_fd_by_id", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final String name;
    private volatile int fd;
    private final int id;

    private BpfProgram(String name, int fd) {
        this.name = name;
        this.fd = fd;
        // struct bpf_prog_info { __u32 type, id; ... }
        try (var arena = Arena.ofConfined()) {
            this.id = Fds.info(fd, arena, 80).get(JAVA_INT, 4);
        }
    }

    static BpfProgram copyOf(String name, int fd) {
        return new BpfProgram(name, Fds.copy(fd));
    }

    /** A program that was pinned. */
    public static BpfProgram openPinned(Path path) {
        return new BpfProgram(String.valueOf(path.getFileName()), Fds.openPinned(path));
    }

    /** The program that the kernel knows by this number, such as an attachment gives. */
    public static BpfProgram byId(int id) {
        try {
            int fd = Native.check((int) FD_BY_ID.invokeExact(id), "open program number " + id);
            return new BpfProgram("number " + id, fd);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Lets the program outlive the process, until the file is removed. */
    public void pin(Path path) {
        Fds.pin(fd, path);
    }

    /**
     * Runs the program once or more on a packet or a context of the caller's (BPF_PROG_TEST_RUN).
     *
     * @throws BpfException if the kernel takes no such run
     */
    public ProgramRun.Result testRun(ProgramRun run) {
        try (var arena = Arena.ofConfined()) {
            var packet = copy(arena, run.packet(), 0);
            var out = arena.allocate(run.packet().length + ProgramRun.GROWTH, 8);
            var context = copy(arena, run.context(), 0);
            // struct bpf_test_run_opts { size_t sz; const void *data_in; void *data_out; __u32 data_size_in,
            //   data_size_out; const void *ctx_in; void *ctx_out; __u32 ctx_size_in, ctx_size_out, retval; int repeat;
            //   __u32 duration, flags, cpu, batch_size; }
            var options = arena.allocate(80, 8);
            options.set(JAVA_LONG, 0, 80);
            if (run.packet().length > 0) {
                options.set(ADDRESS, 8, packet);
                options.set(ADDRESS, 16, out);
                options.set(JAVA_INT, 24, run.packet().length);
                options.set(JAVA_INT, 28, (int) out.byteSize());
            }
            if (run.context().length > 0) {
                options.set(ADDRESS, 32, context);
                options.set(JAVA_INT, 48, run.context().length);
                if (run.contextComesBack()) {
                    options.set(ADDRESS, 40, context);
                    options.set(JAVA_INT, 52, run.context().length);
                }
            }
            options.set(JAVA_INT, 60, run.repeat());
            Native.check((int) TEST_RUN.invokeExact(fd, options), "run the program " + name);
            return new ProgramRun.Result(
                    options.get(JAVA_INT, 56),
                    out.asSlice(0, run.packet().length > 0 ? options.get(JAVA_INT, 28) : 0)
                            .toArray(JAVA_BYTE),
                    context.asSlice(0, run.context().length).toArray(JAVA_BYTE),
                    options.get(JAVA_INT, 64));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes, int more) {
        return arena.allocate(Math.max(8, bytes.length + more), 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    public String name() {
        return name;
    }

    public int fd() {
        return fd;
    }

    /** The kernel's number of the program. */
    public int id() {
        return id;
    }

    /** Gives the descriptor back; a second time does nothing. */
    @Override
    public synchronized void close() {
        Fds.close(fd);
        fd = Fds.CLOSED;
    }
}
