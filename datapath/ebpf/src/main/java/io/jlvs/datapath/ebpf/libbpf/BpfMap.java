package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A BPF map by its file descriptor. Keys and values are memory of {@link #keySize} and {@link #userValueSize} bytes, laid
 * out as the C side has them. Methods may be called from any thread.
 */
public final class BpfMap implements AutoCloseable {

    /** Map types, BPF_MAP_TYPE_ of linux/bpf.h. */
    public static final int HASH = 1;

    public static final int ARRAY = 2;
    public static final int PERCPU_HASH = 5;
    public static final int PERCPU_ARRAY = 6;
    public static final int LRU_PERCPU_HASH = 10;

    /** Map flags: an array that may be one of several in a map of maps whatever its size. */
    public static final int INNER_MAP = 1 << 12;

    /** Update flags: make or replace, only make, only replace. */
    public static final long ANY = 0;

    public static final long NOEXIST = 1;
    public static final long EXIST = 2;

    private static final Set<Integer> PER_CPU = Set.of(PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH);

    // int bpf_map_create(enum bpf_map_type map_type, const char *map_name, __u32 key_size, __u32 value_size,
    //                    __u32 max_entries, const struct bpf_map_create_opts *opts);
    private static final MethodHandle CREATE = Native.libbpf(
            "bpf_map_create",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    // int bpf_map_lookup_elem(int fd, const void *key, void *value);
    private static final MethodHandle LOOKUP =
            Native.libbpf("bpf_map_lookup_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    // int bpf_map_update_elem(int fd, const void *key, const void *value, __u64 flags);
    private static final MethodHandle UPDATE = Native.libbpf(
            "bpf_map_update_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    // int bpf_map_delete_elem(int fd, const void *key);
    private static final MethodHandle DELETE =
            Native.libbpf("bpf_map_delete_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    // int bpf_map_get_next_key(int fd, const void *cur_key, void *next_key);
    private static final MethodHandle NEXT_KEY =
            Native.libbpf("bpf_map_get_next_key", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    // int bpf_map_get_fd_by_id(__u32 id);
    private static final MethodHandle FD_BY_ID =
            Native.libbpf("bpf_map_get_fd_by_id", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    // int libbpf_num_possible_cpus(void);
    private static final MethodHandle POSSIBLE_CPUS =
            Native.libbpf("libbpf_num_possible_cpus", FunctionDescriptor.of(JAVA_INT));

    private volatile int fd;
    private final int type;
    private final int id;
    private final int keySize;
    private final int valueSize;
    private final int maxEntries;
    private final String name;

    private BpfMap(int fd) {
        this.fd = fd;
        // struct bpf_map_info { __u32 type, id, key_size, value_size, max_entries, map_flags; char name[16]; ... }
        try (var arena = Arena.ofConfined()) {
            var info = Fds.info(fd, arena, 80);
            type = info.get(JAVA_INT, 0);
            id = info.get(JAVA_INT, 4);
            keySize = info.get(JAVA_INT, 8);
            valueSize = info.get(JAVA_INT, 12);
            maxEntries = info.get(JAVA_INT, 16);
            name = info.getString(24);
        }
    }

    /** Makes a map. */
    public static BpfMap create(int type, String name, int keySize, int valueSize, int maxEntries, int flags) {
        try (var arena = Arena.ofConfined()) {
            // struct bpf_map_create_opts { size_t sz; __u32 btf_fd, btf_key_type_id, btf_value_type_id,
            //                              btf_vmlinux_value_type_id, inner_map_fd, map_flags; ... }
            var options = arena.allocate(32, 8);
            options.set(JAVA_LONG, 0, 32);
            options.set(JAVA_INT, 28, flags);
            int result =
                    (int) CREATE.invokeExact(type, arena.allocateFrom(name), keySize, valueSize, maxEntries, options);
            return new BpfMap(Native.check(result, "make the map " + name));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** A map that was pinned. */
    public static BpfMap openPinned(Path path) {
        return new BpfMap(Fds.openPinned(path));
    }

    /** The map that the kernel knows by this number, such as a map of maps gives. */
    public static BpfMap byId(int id) {
        try {
            return new BpfMap(Native.check((int) FD_BY_ID.invokeExact(id), "open map number " + id));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    static BpfMap copyOf(int fd) {
        return new BpfMap(Fds.copy(fd));
    }

    /** How many values an entry of a per-CPU map has. */
    public static int possibleCpus() {
        try {
            return Native.check((int) POSSIBLE_CPUS.invokeExact(), "count the processors");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Lets the map outlive the process, until the file is removed. Its file system must be bpffs. */
    public void pin(Path path) {
        Fds.pin(fd, path);
    }

    /**
     * Reads an entry.
     *
     * @return false when there is none
     */
    public boolean lookup(MemorySegment key, MemorySegment value) {
        try {
            return found((int) LOOKUP.invokeExact(fd, key, value), "read from");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Writes an entry; of hash maps it is replaced as a whole.
     *
     * @param flags {@link #ANY}, {@link #NOEXIST} or {@link #EXIST}
     */
    public void update(MemorySegment key, MemorySegment value, long flags) {
        try {
            Native.check((int) UPDATE.invokeExact(fd, key, value, flags), "write to map " + name);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Writes an entry unless there is one; tells whether it did. */
    public boolean updateIfAbsent(MemorySegment key, MemorySegment value) {
        try {
            int result = (int) UPDATE.invokeExact(fd, key, value, NOEXIST);
            return result != -Errno.EEXIST && Native.check(result, "write to map " + name) == 0;
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** Takes an entry away; tells whether there was one. */
    public boolean delete(MemorySegment key) {
        try {
            return found((int) DELETE.invokeExact(fd, key), "delete from");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Finds the key after another one, in no order that means anything.
     *
     * @param key null for the first
     * @return false at the end
     */
    public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
        // A conditional expression among the arguments of invokeExact would count as an Object.
        var after = key == null ? MemorySegment.NULL : key;
        try {
            return found((int) NEXT_KEY.invokeExact(fd, after, next), "walk");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Reads all entries, many with each call of the kernel where it can. What is written meanwhile may be seen or not. The
     * segments are valid during the call of {@code each} only.
     *
     * @param batch entries read at once, 1 or more
     */
    public void forEach(int batch, BiConsumer<MemorySegment, MemorySegment> each) {
        Walk.through(this, batch, each);
    }

    /**
     * An array made with BPF_F_MMAPABLE as memory, shared with the programs: {@link #maxEntries} values, each filled up to
     * 8 bytes. It outlives {@link #close}.
     */
    public MemorySegment mapped() {
        return Memory.shared(fd, filledUp(valueSize) * maxEntries, "map " + name);
    }

    private static long filledUp(int size) {
        return (size + 7L) / 8 * 8;
    }

    private boolean found(int result, String tried) {
        return result != -Errno.ENOENT && Native.check(result, tried + " map " + name) >= 0;
    }

    public int fd() {
        return fd;
    }

    /** The kernel's number of the map. */
    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    public int type() {
        return type;
    }

    public int keySize() {
        return keySize;
    }

    /** The size of one value, in bytes. */
    public int valueSize() {
        return valueSize;
    }

    /** The size of what a lookup gives: of per-CPU maps one value for each possible processor, each filled up to 8. */
    public int userValueSize() {
        return PER_CPU.contains(type) ? (int) filledUp(valueSize) * possibleCpus() : valueSize;
    }

    public int maxEntries() {
        return maxEntries;
    }

    /** Gives the descriptor back; a second time does nothing. */
    @Override
    public synchronized void close() {
        Fds.close(fd);
        fd = Fds.CLOSED;
    }
}
