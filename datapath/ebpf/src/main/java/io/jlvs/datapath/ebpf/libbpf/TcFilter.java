package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A place for one program at traffic control (clsact): attaching to a place that is taken swaps the program, no packet
 * sees none.
 *
 * @param ifindex of the interface, in the caller's network namespace
 * @param handle tells filters of the same priority apart, 1 or more
 * @param priority lower ones come first, 1..65535
 */
public record TcFilter(int ifindex, Direction direction, int handle, int priority) {

    private static final int REPLACE = 1;

    // int bpf_tc_hook_create(struct bpf_tc_hook *hook);
    private static final MethodHandle HOOK_CREATE =
            Native.libbpf("bpf_tc_hook_create", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // int bpf_tc_hook_destroy(struct bpf_tc_hook *hook);
    private static final MethodHandle HOOK_DESTROY =
            Native.libbpf("bpf_tc_hook_destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // int bpf_tc_attach(const struct bpf_tc_hook *hook, struct bpf_tc_opts *opts);
    private static final MethodHandle ATTACH =
            Native.libbpf("bpf_tc_attach", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    // int bpf_tc_detach(const struct bpf_tc_hook *hook, const struct bpf_tc_opts *opts);
    private static final MethodHandle DETACH =
            Native.libbpf("bpf_tc_detach", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    // int bpf_tc_query(const struct bpf_tc_hook *hook, struct bpf_tc_opts *opts);
    private static final MethodHandle QUERY =
            Native.libbpf("bpf_tc_query", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    /** Which packets of an interface. */
    public enum Direction {
        INGRESS(1),
        EGRESS(2);

        private final int attachPoint;

        Direction(int attachPoint) {
            this.attachPoint = attachPoint;
        }
    }

    /** Attaches a program, or puts it in the place of the one that is there. */
    public void attach(BpfProgram program) {
        try (var arena = Arena.ofConfined()) {
            var hook = hook(arena);
            int created = (int) HOOK_CREATE.invokeExact(hook);
            if (created != -Errno.EEXIST) {
                Native.check(created, "add traffic control to interface " + ifindex);
            }
            var options = options(arena);
            options.set(JAVA_INT, 8, program.fd());
            options.set(JAVA_INT, 12, REPLACE);
            Native.check(
                    (int) ATTACH.invokeExact(hook, options), "attach " + program.name() + " to interface " + ifindex);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Takes the program away; tells whether there was one. */
    public boolean detach() {
        return ask(DETACH, "detach from") >= 0;
    }

    /** The number of the attached program, 0 for none. */
    public int programId() {
        return Math.max(0, ask(QUERY, "look at"));
    }

    /**
     * Takes traffic control itself (the clsact qdisc) off the interface, with all filters of everybody. Ask
     * {@link #programId} of all places first if others may use it.
     */
    public void removeHook() {
        try (var arena = Arena.ofConfined()) {
            var hook = hook(arena);
            hook.set(JAVA_INT, 12, Direction.INGRESS.attachPoint | Direction.EGRESS.attachPoint);
            var _ = (int) HOOK_DESTROY.invokeExact(hook);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** The program's number, or negative when there is no program, no hook or no interface. */
    private int ask(MethodHandle function, String tried) {
        try (var arena = Arena.ofConfined()) {
            var options = options(arena);
            int result = (int) function.invokeExact(hook(arena), options);
            if (result == -Errno.ENOENT || result == -Errno.EINVAL || result == -19) {
                return -1;
            }
            Native.check(result, tried + " interface " + ifindex);
            return options.get(JAVA_INT, 16);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** struct bpf_tc_hook { size_t sz; int ifindex; enum bpf_tc_attach_point attach_point; __u32 parent; } */
    private MemorySegment hook(Arena arena) {
        var hook = arena.allocate(24, 8);
        hook.set(JAVA_LONG, 0, 24);
        hook.set(JAVA_INT, 8, ifindex);
        hook.set(JAVA_INT, 12, direction.attachPoint);
        return hook;
    }

    /** struct bpf_tc_opts { size_t sz; int prog_fd; __u32 flags, prog_id, handle, priority; } */
    private MemorySegment options(Arena arena) {
        var options = arena.allocate(32, 8);
        options.set(JAVA_LONG, 0, 32);
        options.set(JAVA_INT, 20, handle);
        options.set(JAVA_INT, 24, priority);
        return options;
    }
}
