package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The place for a program in an interface's driver (native XDP).
 *
 * @param ifindex of the interface, in the caller's network namespace
 */
public record Xdp(int ifindex) {

    private static final int NATIVE = 1 << 2;

    // int bpf_xdp_attach(int ifindex, int prog_fd, __u32 flags, const struct bpf_xdp_attach_opts *opts);
    private static final MethodHandle ATTACH =
            Native.libbpf("bpf_xdp_attach", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    // int bpf_xdp_detach(int ifindex, __u32 flags, const struct bpf_xdp_attach_opts *opts);
    private static final MethodHandle DETACH =
            Native.libbpf("bpf_xdp_detach", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    // int bpf_xdp_query_id(int ifindex, int flags, __u32 *prog_id);
    private static final MethodHandle QUERY =
            Native.libbpf("bpf_xdp_query_id", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    /**
     * Attaches a program in place of any that is there.
     *
     * @throws BpfException with EOPNOTSUPP when the driver has no XDP of its own
     */
    public void attach(BpfProgram program) {
        Said.forget();
        try {
            int result = (int) ATTACH.invokeExact(ifindex, program.fd(), NATIVE, MemorySegment.NULL);
            Said.check(result, "attach " + program.name() + " to the driver of interface " + ifindex);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Takes the program away, if there is one. */
    public void detach() {
        Said.forget();
        try {
            int result = (int) DETACH.invokeExact(ifindex, NATIVE, MemorySegment.NULL);
            if (!hasNone(result)) {
                Said.check(result, "detach from the driver of interface " + ifindex);
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** The number of the attached program, 0 for none. */
    public int programId() {
        Said.forget();
        try (var arena = Arena.ofConfined()) {
            var id = arena.allocate(JAVA_INT);
            int result = (int) QUERY.invokeExact(ifindex, NATIVE, id);
            return hasNone(result) || Said.check(result, "look at the driver of interface " + ifindex) < 0
                    ? 0
                    : id.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Without an interface, or a driver that takes any, there is no program. */
    private static boolean hasNone(int result) {
        return result == -Errno.ENOENT || result == -Errno.ENODEV || result == -Errno.EOPNOTSUPP;
    }
}
