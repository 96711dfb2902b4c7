package io.jlvs.datapath.ebpf;

import static io.jlvs.datapath.ebpf.Layouts.U32;
import static io.jlvs.datapath.ebpf.Layouts.U8;

import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.KernelMode.Hook;
import io.jlvs.datapath.ebpf.libbpf.BpfException;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The forwarding modes in the kernel. Each has a number for as long as anything uses it, which an engine after this one
 * finds in a map of names, and under it a program in an array for each hook.
 */
final class Modes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Modes.class);
    private static final int MAX = 32;
    private static final int NAME_BYTES = 16;
    private static final String NAMES = "mode_names";
    private static final String PROGRAMS = "mode_programs";
    private static final String SETTINGS = "mode_settings";

    private final Pipeline complete;
    private final @Nullable Pipeline driver;
    private final Map<String, Map<String, List<String>>> options;
    private final BpfMap nameMap;
    private final @Nullable String[] names = new @Nullable String[MAX];
    private final Map<String, KernelMode> loaded = new HashMap<>();
    private final Map<String, ForwardingMode> broken = new HashMap<>();

    /** @param options what each mode is told, by its name */
    Modes(Pipeline complete, @Nullable Pipeline driver, Pins pins, Map<String, Map<String, List<String>>> options) {
        this.complete = complete;
        this.driver = driver;
        this.options = options;
        this.nameMap = pins.openMap(NAMES).orElseGet(() -> makeNames(pins));
        for (int i = 0; i < MAX; i++) {
            names[i] = readName(i);
        }
    }

    /**
     * Loads the modes that have come or were replaced, each in place of the one before.
     *
     * @param used the names that a server uses; these must be had, others are only warned of
     * @throws IllegalStateException if one that is used can't be had, with the end of the verifier's log
     */
    @SuppressWarnings("ReferenceEquality") // a plugin that was replaced is another object
    void prepare(Map<String, ForwardingMode> modes, Set<String> used) {
        for (var name : used) {
            if (!modes.containsKey(name) && numberOf(name) < 0) {
                throw new IllegalStateException("forwarding mode " + name + " is not loaded");
            }
        }
        for (var mode : modes.values()) {
            var known = loaded.get(mode.name()) == mode || broken.get(mode.name()) == mode;
            if (used.contains(mode.name()) ? loaded.get(mode.name()) != mode : !known) {
                take(mode, used.contains(mode.name()));
            }
        }
    }

    /** The number of a mode, negative when it has none. */
    int numberOf(String name) {
        for (int i = 0; i < MAX; i++) {
            if (name.equals(names[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The name of a mode, null when it has gone. Any thread may ask, as for the number. */
    @Nullable
    String nameOf(int number) {
        return number >= 0 && number < MAX ? names[number] : null;
    }

    /** The numbers of the modes that are in the kernel but not among these. */
    BitSet othersThan(Set<String> wanted) {
        var others = new BitSet();
        for (int i = 0; i < MAX; i++) {
            if (names[i] != null && !wanted.contains(names[i])) {
                others.set(i);
            }
        }
        return others;
    }

    /** Takes modes that nothing uses out of the kernel. */
    void clear(BitSet numbers) {
        numbers.stream().forEach(number -> {
            LOG.info("forwarding mode {} is not used any more", names[number]);
            loaded.remove(String.valueOf(names[number]));
            withNumber(number, complete.map(PROGRAMS)::delete);
            if (driver != null) {
                withNumber(number, driver.map(PROGRAMS)::delete);
            }
            writeName(number, "");
            names[number] = null;
        });
    }

    private void take(ForwardingMode mode, boolean used) {
        try {
            if (!(mode instanceof KernelMode kernel)) {
                throw new IllegalStateException("it has no program for the kernel");
            }
            load(kernel);
            loaded.put(mode.name(), kernel);
            broken.remove(mode.name());
        } catch (BpfException | IllegalStateException | IllegalArgumentException e) {
            broken.put(mode.name(), mode);
            if (used) {
                throw new IllegalStateException(
                        "forwarding mode " + mode.name() + " can't be used: " + e.getMessage(), e);
            }
            LOG.warn("forwarding mode {} can't be used: {}", mode.name(), e.getMessage());
        }
    }

    private void load(KernelMode mode) {
        var settings = mode.settings(options.getOrDefault(mode.name(), Map.of()));
        var elf = mode.program(Hook.TC);
        if (elf == null) {
            throw new IllegalStateException("its jar has no program /bpf/" + mode.name() + ".tc.bpf.o");
        }
        put(complete, mode.name(), elf, settings);
        var express = driver == null ? null : mode.program(Hook.XDP);
        if (driver != null && express != null) {
            put(driver, mode.name(), express, settings);
        }
        LOG.info("forwarding mode {} is in the kernel", mode.name());
    }

    private int take(String name) {
        var known = numberOf(name);
        if (known >= 0) {
            return known;
        }
        for (int i = 0; i < MAX; i++) {
            if (names[i] == null) {
                writeName(i, name);
                names[i] = name;
                return i;
            }
        }
        throw new IllegalStateException("there are " + MAX + " modes already");
    }

    private void put(Pipeline pipeline, String name, byte[] elf, byte[] settings) {
        try (var object = pipeline.open(name, elf)) {
            object.load();
            writeSettings(object, settings);
            try (var program = object.program("forward");
                    var arena = Arena.ofConfined()) {
                var fd = arena.allocateFrom(U32, program.fd());
                pipeline.map(PROGRAMS).update(arena.allocateFrom(U32, take(name)), fd, BpfMap.ANY);
            }
        }
    }

    private static void writeSettings(BpfObject object, byte[] settings) {
        if (settings.length == 0) {
            return;
        }
        try (var map = object.map(SETTINGS);
                var arena = Arena.ofConfined()) {
            if (map.valueSize() != settings.length) {
                throw new IllegalStateException("its settings have " + settings.length + " bytes, its program's map "
                        + SETTINGS + " takes " + map.valueSize());
            }
            map.update(arena.allocateFrom(U32, 0), arena.allocateFrom(U8, settings), BpfMap.ANY);
        }
    }

    private static BpfMap makeNames(Pins pins) {
        var map = BpfMap.create(BpfMap.ARRAY, NAMES, (int) U32.byteSize(), NAME_BYTES, MAX, 0);
        pins.pin(NAMES, map);
        return map;
    }

    private @Nullable String readName(int number) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocate(NAME_BYTES + 1);
            nameMap.lookup(arena.allocateFrom(U32, number), name);
            var text = name.getString(0);
            return text.isEmpty() ? null : text;
        }
    }

    private void writeName(int number, String name) {
        try (var arena = Arena.ofConfined()) {
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > NAME_BYTES) {
                throw new IllegalStateException("its name is longer than " + NAME_BYTES + " bytes");
            }
            var value = arena.allocate(NAME_BYTES);
            MemorySegment.copy(bytes, 0, value, U8, 0, bytes.length);
            nameMap.update(arena.allocateFrom(U32, number), value, BpfMap.ANY);
        }
    }

    private static void withNumber(int number, Consumer<MemorySegment> what) {
        try (var arena = Arena.ofConfined()) {
            what.accept(arena.allocateFrom(U32, number));
        }
    }

    @Override
    public void close() {
        nameMap.close();
    }
}
