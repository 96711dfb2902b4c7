package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.BiConsumer;

/** One way through all entries of a map. */
final class Walk {

    // int bpf_map_lookup_batch(int fd, void *in_batch, void *out_batch, void *keys, void *values, __u32 *count,
    //                          const struct bpf_map_batch_opts *opts);
    private static final MethodHandle LOOKUP_BATCH = Native.libbpf(
            "bpf_map_lookup_batch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private final BpfMap map;
    private final BiConsumer<MemorySegment, MemorySegment> each;
    private final int keySize;
    private final int valueSize;
    private final MemorySegment position;
    private MemorySegment from = MemorySegment.NULL;

    private Walk(BpfMap map, BiConsumer<MemorySegment, MemorySegment> each, Arena arena) {
        this.map = map;
        this.each = each;
        this.keySize = map.keySize();
        this.valueSize = map.userValueSize();
        this.position = arena.allocate(Math.max(keySize, Long.BYTES), Long.BYTES);
    }

    /** Walks with batches of a size, of twice the size where a bucket of a hash map needs it, else one by one. */
    static void through(BpfMap map, int batch, BiConsumer<MemorySegment, MemorySegment> each) {
        try (var arena = Arena.ofConfined()) {
            var walk = new Walk(map, each, arena);
            int result = walk.inBatches(batch);
            for (int size = 2 * batch; result == -Errno.ENOSPC; size *= 2) {
                result = walk.inBatches(size);
            }
            if (result == -Errno.ENOTSUPP) {
                walk.oneByOne(arena);
            } else if (result != -Errno.ENOENT) {
                Native.check(result, "read all of map " + map.name());
            }
        }
    }

    /** Goes on until the kernel answers an error: at the end that is ENOENT. */
    private int inBatches(int batch) {
        try (var arena = Arena.ofConfined()) {
            var keys = arena.allocate((long) batch * keySize, Long.BYTES);
            var values = arena.allocate((long) batch * valueSize, Long.BYTES);
            var count = arena.allocate(JAVA_INT);
            int result = 0;
            while (result == 0) {
                count.set(JAVA_INT, 0, batch);
                result = (int)
                        LOOKUP_BATCH.invokeExact(map.fd(), from, position, keys, values, count, MemorySegment.NULL);
                if (result == 0 || result == -Errno.ENOENT) {
                    hand(keys, values, count.get(JAVA_INT, 0));
                    from = position;
                }
            }
            return result;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private void hand(MemorySegment keys, MemorySegment values, int count) {
        for (long i = 0; i < count; i++) {
            each.accept(keys.asSlice(i * keySize, keySize), values.asSlice(i * valueSize, valueSize));
        }
    }

    /** The key after is asked for before an entry is handed over, for it may be deleted then. */
    private void oneByOne(Arena arena) {
        var key = arena.allocate(keySize, Long.BYTES);
        var after = arena.allocate(keySize, Long.BYTES);
        var value = arena.allocate(valueSize, Long.BYTES);
        boolean more = map.nextKey(null, key);
        while (more) {
            more = map.nextKey(key, after);
            if (map.lookup(key, value)) {
                each.accept(key, value);
            }
            key.copyFrom(after);
        }
    }
}
