package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.BpfObject;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline's programs, loaded for one hook, and the maps that they share with the programs of the modes. Maps that an
 * engine before has pinned are taken over, others are made and pinned.
 */
final class Pipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** A program array takes programs of one type only, so each hook has its own. */
    private static final Set<String> PROGRAM_ARRAYS = Set.of("mode_programs", "stages");

    private final String prefix;
    private final Map<String, BpfMap> maps = new HashMap<>();
    private final Map<String, BpfProgram> programs = new HashMap<>();
    private final List<BpfMap> own = new ArrayList<>();

    private Pipeline(String prefix) {
        this.prefix = prefix;
    }

    /**
     * The complete path, at traffic control.
     *
     * @param sizes the entries of maps, where the file's are not wanted
     */
    static Pipeline ofTrafficControl(byte[] elf, List<String> programs, Map<String, Integer> sizes, Pins pins) {
        var pipeline = new Pipeline("");
        pipeline.load("pipeline", elf, programs, sizes, pins);
        return pipeline;
    }

    /** The short one for packets in the driver, on the maps of the complete one. */
    static Pipeline ofDriver(byte[] elf, List<String> programs, Pipeline complete, Pins pins) {
        var pipeline = new Pipeline("xdp_");
        pipeline.maps.putAll(complete.maps);
        pipeline.maps.keySet().removeAll(PROGRAM_ARRAYS);
        pipeline.load("pipeline.xdp", elf, programs, Map.of(), pins);
        return pipeline;
    }

    private void load(String name, byte[] elf, List<String> wanted, Map<String, Integer> sizes, Pins pins) {
        try (var object = BpfObject.open(name, elf)) {
            object.mapNames().forEach(map -> adopt(object, map, sizes, pins));
            object.load();
            object.mapNames().forEach(map -> maps.computeIfAbsent(map, _ -> pinned(object, map, pins)));
            wanted.forEach(program -> programs.put(program, object.program(program)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void adopt(BpfObject object, String name, Map<String, Integer> sizes, Pins pins) {
        if (!maps.containsKey(name)) {
            pins.openMap(prefix + name).ifPresent(map -> {
                own.add(map);
                maps.put(name, map);
                check(object, name, map, pins);
            });
        }
        var known = maps.get(name);
        var size = sizes.get(name);
        if (known != null) {
            warnOfSize(name, known, size == null ? known.maxEntries() : size, pins);
            object.reuse(name, known);
        } else if (size != null) {
            object.maxEntries(name, size);
        }
    }

    private static void check(BpfObject object, String name, BpfMap map, Pins pins) {
        if (map.valueSize() != object.valueSize(name)) {
            throw new IllegalStateException("map " + name + " in " + pins.folder() + " has values of " + map.valueSize()
                    + " bytes, this version needs " + object.valueSize(name)
                    + ": another build has made it. Remove it with the version that did (jlvs stop --flush), or delete "
                    + pins.folder() + "; its connections are lost");
        }
    }

    private static void warnOfSize(String name, BpfMap map, int wanted, Pins pins) {
        if (map.maxEntries() != wanted) {
            LOG.warn(
                    "map {} in {} keeps its {} entries instead of the {} that are configured: a new size takes effect "
                            + "after jlvs stop --flush",
                    name,
                    pins.folder(),
                    map.maxEntries(),
                    wanted);
        }
    }

    private BpfMap pinned(BpfObject object, String name, Pins pins) {
        var map = object.map(name);
        own.add(map);
        pins.pin(prefix + name, map);
        return map;
    }

    /** Opens a mode's programs, which will use the same maps. */
    BpfObject open(String name, byte[] elf) {
        var object = BpfObject.open(name, elf);
        try {
            object.mapNames().stream().filter(maps::containsKey).forEach(map -> object.reuse(map, map(map)));
            return object;
        } catch (RuntimeException e) {
            object.close();
            throw e;
        }
    }

    BpfMap map(String name) {
        return Objects.requireNonNull(maps.get(name), name);
    }

    BpfProgram program(String name) {
        return Objects.requireNonNull(programs.get(name), name);
    }

    @Override
    public void close() {
        programs.values().forEach(BpfProgram::close);
        own.forEach(BpfMap::close);
    }
}
