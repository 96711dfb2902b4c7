package io.jlvs.datapath.ebpf.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs and maps of one ELF file. It is opened, adjusted, loaded; then its parts are taken out. Closing it closes
 * its own descriptors: maps and programs that were handed out have descriptors of their own.
 */
public final class BpfObject implements AutoCloseable {

    // struct bpf_object *bpf_object__open_mem(const void *buf, size_t size, const struct bpf_object_open_opts *opts);
    private static final MethodHandle OPEN = Native.libbpf(
            "bpf_object__open_mem", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS), Native.ERRNO);
    // int bpf_object__load(struct bpf_object *obj);
    private static final MethodHandle LOAD =
            Native.libbpf("bpf_object__load", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // void bpf_object__close(struct bpf_object *obj);
    private static final MethodHandle CLOSE = Native.libbpf("bpf_object__close", FunctionDescriptor.ofVoid(ADDRESS));
    // struct bpf_map *bpf_object__next_map(const struct bpf_object *obj, const struct bpf_map *map);
    private static final MethodHandle NEXT_MAP =
            Native.libbpf("bpf_object__next_map", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    // const char *bpf_map__name(const struct bpf_map *map);
    private static final MethodHandle MAP_NAME =
            Native.libbpf("bpf_map__name", FunctionDescriptor.of(ADDRESS, ADDRESS));
    // int bpf_map__fd(const struct bpf_map *map);
    private static final MethodHandle MAP_FD = Native.libbpf("bpf_map__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // __u32 bpf_map__key_size(const struct bpf_map *map);
    private static final MethodHandle KEY_SIZE =
            Native.libbpf("bpf_map__key_size", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // int bpf_map__reuse_fd(struct bpf_map *map, int fd);
    private static final MethodHandle REUSE =
            Native.libbpf("bpf_map__reuse_fd", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    // int bpf_map__set_max_entries(struct bpf_map *map, __u32 max_entries);
    private static final MethodHandle MAX_ENTRIES =
            Native.libbpf("bpf_map__set_max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    // __u32 bpf_map__value_size(const struct bpf_map *map);
    private static final MethodHandle VALUE_SIZE =
            Native.libbpf("bpf_map__value_size", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    // struct bpf_program *bpf_object__next_program(const struct bpf_object *obj, struct bpf_program *prog);
    private static final MethodHandle NEXT_PROGRAM =
            Native.libbpf("bpf_object__next_program", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    // const char *bpf_program__name(const struct bpf_program *prog);
    private static final MethodHandle PROGRAM_NAME =
            Native.libbpf("bpf_program__name", FunctionDescriptor.of(ADDRESS, ADDRESS));
    // int bpf_program__fd(const struct bpf_program *prog);
    private static final MethodHandle PROGRAM_FD =
            Native.libbpf("bpf_program__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private final String name;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment object;
    private final Map<String, MemorySegment> maps = new LinkedHashMap<>();
    private final Map<String, MemorySegment> programs = new LinkedHashMap<>();

    private BpfObject(String name, byte[] elf) {
        this.name = name;
        this.object = openMemory(elf);
        parts(NEXT_MAP, MAP_NAME, maps);
        parts(NEXT_PROGRAM, PROGRAM_NAME, programs);
    }

    /**
     * Reads an ELF file.
     *
     * @param name for messages and for the kernel's listings
     * @throws BpfException if it is none that libbpf understands
     */
    public static BpfObject open(String name, byte[] elf) {
        return new BpfObject(name, elf);
    }

    /** The names of the maps that it declares. Maps of its variables are not among them. */
    public List<String> mapNames() {
        return maps.keySet().stream().filter(map -> !map.contains(".")).toList();
    }

    /**
     * Takes an existing map instead of making one. Before {@link #load}.
     *
     * @throws IllegalArgumentException if its keys or values have not the size that the programs were compiled for, which
     *     libbpf would let pass
     */
    public void reuse(String mapName, BpfMap existing) {
        int keys = keySize(mapName);
        int values = valueSize(mapName);
        if (keys != existing.keySize() || values != existing.valueSize()) {
            throw new IllegalArgumentException(
                    "%s was compiled for a map %s with keys of %d and values of %d bytes, this one's have %d and %d"
                            .formatted(name, mapName, keys, values, existing.keySize(), existing.valueSize()));
        }
        call(REUSE, part(maps, mapName), existing.fd(), "give " + name + " the map " + mapName);
    }

    /** Sets how many entries a map will have. Before {@link #load}. */
    public void maxEntries(String mapName, int entries) {
        call(MAX_ENTRIES, part(maps, mapName), entries, "set the size of map " + mapName + " of " + name);
    }

    /** The size of a map's values as the file has it, or as {@link #reuse} has brought it. */
    public int valueSize(String mapName) {
        try {
            return (int) VALUE_SIZE.invokeExact(part(maps, mapName));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /**
     * Makes the maps and loads the programs.
     *
     * @throws BpfException with the end of the verifier's log if a program is refused, with the reason if a map is
     */
    public void load() {
        Said.forget();
        try {
            Said.check((int) LOAD.invokeExact(object), "load " + name + "'s programs");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    /** A map of the loaded object. */
    public BpfMap map(String mapName) {
        return BpfMap.copyOf(fd(MAP_FD, part(maps, mapName)));
    }

    /** A program of the loaded object. */
    public BpfProgram program(String programName) {
        return BpfProgram.copyOf(programName, fd(PROGRAM_FD, part(programs, programName)));
    }

    /** Gives the object's own descriptors and memory back; a second time does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private static void free(MemorySegment object) {
        try {
            CLOSE.invokeExact(object);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private MemorySegment openMemory(byte[] elf) {
        Said.forget();
        try {
            var bytes = arena.allocate(elf.length, 8).copyFrom(MemorySegment.ofArray(elf));
            var options = arena.allocate(16, 8); // struct bpf_object_open_opts { size_t sz; const char *object_name; }
            options.set(JAVA_LONG, 0, 16);
            options.set(ADDRESS, 8, arena.allocateFrom(name));
            var state = Native.errnoState(arena);
            var opened = (MemorySegment) OPEN.invokeExact(state, bytes, (long) elf.length, options);
            if (opened.address() == 0) {
                Said.check(-Native.errno(state), "read " + name + " as a BPF object");
            }
            return opened.reinterpret(arena, BpfObject::free);
        } catch (Throwable t) {
            arena.close();
            throw Native.unexpected(t);
        }
    }

    private void parts(MethodHandle next, MethodHandle nameOf, Map<String, MemorySegment> found) {
        try {
            var part = (MemorySegment) next.invokeExact(object, MemorySegment.NULL);
            while (part.address() != 0) {
                var partName = (MemorySegment) nameOf.invokeExact(part);
                found.put(partName.reinterpret(Long.MAX_VALUE).getString(0), part.reinterpret(arena, null));
                part = (MemorySegment) next.invokeExact(object, part);
            }
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private MemorySegment part(Map<String, MemorySegment> parts, String wanted) {
        var part = parts.get(wanted);
        if (part == null) {
            throw new BpfException("find " + wanted + " in " + name + ", which has " + parts.keySet(), Errno.ENOENT);
        }
        return part;
    }

    private int keySize(String mapName) {
        try {
            return (int) KEY_SIZE.invokeExact(part(maps, mapName));
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private static void call(MethodHandle function, MemorySegment part, int argument, String tried) {
        Said.forget();
        try {
            Said.check((int) function.invokeExact(part, argument), tried);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    private int fd(MethodHandle function, MemorySegment part) {
        try {
            return Native.check((int) function.invokeExact(part), "use " + name + " before it is loaded");
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
