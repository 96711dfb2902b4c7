package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Many entries of a map with one call of the kernel. */
public final class BpfBatch {

    private static final int MAX_READ = 4096;

    // int bpf_map_update_batch(int fd, const void *keys, const void *values, __u32 *count,
    //                          const struct bpf_map_batch_opts *opts);
    private static final MethodHandle UPDATE = Native.libbpf(
            "bpf_map_update_batch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    // int bpf_map_lookup_batch(int fd, void *in_batch, void *out_batch, void *keys, void *values, __u32 *count,
    //                          const struct bpf_map_batch_opts *opts);
    private static final MethodHandle LOOKUP = Native.libbpf(
            "bpf_map_lookup_batch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private BpfBatch() {}

    /**
     * Writes entries, each made or replaced.
     *
     * @param keys so many, one after the other
     * @param values likewise
     * @throws BpfException if one can't be written; those before it are
     */
    public static void update(BpfMap map, MemorySegment keys, MemorySegment values, int count) {
        try (var arena = Arena.ofConfined()) {
            var written = arena.allocateFrom(JAVA_INT, count);
            int result = (int) UPDATE.invokeExact(map.fd(), keys, values, written, MemorySegment.NULL);
            Native.check(result, "write " + count + " entries to map " + map.name());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Reads the first entries of an array.
     *
     * @param count at most the size of the array
     * @param values room for so many of {@link BpfMap#userValueSize} bytes
     */
    public static void readFirst(BpfMap map, int count, MemorySegment values) {
        try (var arena = Arena.ofConfined()) {
            var keys = arena.allocate(JAVA_INT, MAX_READ);
            var position = arena.allocate(JAVA_INT);
            var length = arena.allocate(JAVA_INT);
            long size = map.userValueSize();
            for (int read = 0; read < count; read += length.get(JAVA_INT, 0)) {
                length.set(JAVA_INT, 0, Math.min(MAX_READ, count - read));
                MemorySegment from = read == 0 ? MemorySegment.NULL : position;
                int result = (int) LOOKUP.invokeExact(
                        map.fd(), from, position, keys, values.asSlice(read * size), length, MemorySegment.NULL);
                if (result != -Errno.ENOENT) { // which says that these were the last
                    Native.check(result, "read the first entries of map " + map.name());
                }
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
