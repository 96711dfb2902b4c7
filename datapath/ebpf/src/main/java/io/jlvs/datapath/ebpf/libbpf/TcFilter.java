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
        INGRESS(1, 0xfffffff2),
        EGRESS(2, 0xfffffff3);

        private final int attachPoint;

        /** The kernel's name of the filters, TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_...). */
        final int parent;

        Direction(int attachPoint, int parent) {
            this.attachPoint = attachPoint;
            this.parent = parent;
        }
    }

    /** Attaches a program, or puts it in the place of the one that is there. */
    public void attach(BpfProgram program) {
        Said.forget();
        try (var arena = Arena.ofConfined()) {
            var hook = hook(arena);
            int created = (int) HOOK_CREATE.invokeExact(hook);
            if (created != -Errno.EEXIST) {
                Said.check(created, "add traffic control to interface " + ifindex);
            }
            Said.forget(); // the complaint about EEXIST
            var options = options(arena);
            options.set(JAVA_INT, 8, program.fd());
            options.set(JAVA_INT, 12, REPLACE);
            Said.check(
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
     * Takes traffic control itself (the clsact qdisc) off the interface if no filter is left at it, neither ours nor of
     * anybody else, in no direction. A filter that another process adds in this very moment goes with it.
     *
     * @return whether it was there and is gone
     */
    public boolean removeHookIfEmpty() {
        for (var each : Direction.values()) {
            if (Filters.exist(ifindex, each)) {
                return false;
            }
        }
        Said.forget();
        try (var arena = Arena.ofConfined()) {
            var hook = hook(arena);
            hook.set(JAVA_INT, 12, Direction.INGRESS.attachPoint | Direction.EGRESS.attachPoint);
            int result = (int) HOOK_DESTROY.invokeExact(hook);
            return !isAbsent(result) && Said.check(result, "take traffic control off interface " + ifindex) == 0;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** The program's number, or negative when there is no program, no hook or no interface. */
    private int ask(MethodHandle function, String tried) {
        Said.forget();
        try (var arena = Arena.ofConfined()) {
            var options = options(arena);
            int result = (int) function.invokeExact(hook(arena), options);
            if (isAbsent(result)) {
                return -1;
            }
            Said.check(result, tried + " interface " + ifindex);
            return options.get(JAVA_INT, 16);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Without a filter the kernel answers ENOENT, without the qdisc EINVAL, without the interface ENODEV. */
    private static boolean isAbsent(int result) {
        return result == -Errno.ENOENT || result == -Errno.EINVAL || result == -Errno.ENODEV;
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
