package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.libbpf.BpfFs;
import io.jlvs.datapath.ebpf.libbpf.BpfMap;
import io.jlvs.datapath.ebpf.libbpf.BpfProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which maps outlive the engine: a file for each, in a folder for each layout. */
final class Pins {

    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final String LAYOUT = "v";

    private final Path root;
    private final Path folder;

    /**
     * Makes the folder.
     *
     * @throws IllegalArgumentException if it can't be on a bpffs
     */
    Pins(Path root) {
        this.root = root;
        this.folder = root.resolve(LAYOUT + Layouts.VERSION);
        BpfFs.makeFolder(folder);
    }

    Path folder() {
        return folder;
    }

    Optional<BpfMap> openMap(String name) {
        var path = folder.resolve(name);
        return Files.exists(path) ? Optional.of(BpfMap.openPinned(path)) : Optional.empty();
    }

    Optional<BpfProgram> openProgram(String name) {
        var path = folder.resolve(name);
        return Files.exists(path) ? Optional.of(BpfProgram.openPinned(path)) : Optional.empty();
    }

    void pin(String name, BpfMap map) {
        map.pin(folder.resolve(name));
    }

    /** Pins a program in place of the one before. */
    void replace(String name, BpfProgram program) {
        var path = folder.resolve(name);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't replace the pin " + path, e);
        }
        program.pin(path);
    }

    /** Takes away what versions with other layouts have left: this one can't read it. */
    void removeOtherLayouts() {
        for (var other : otherLayouts()) {
            BpfFs.remove(other);
            LOG.warn(
                    "the maps in {} have another layout than this version's ({}): they are removed, the connections in "
                            + "them are lost",
                    other,
                    folder.getFileName());
        }
    }

    /** Takes away everything. */
    void remove() {
        BpfFs.remove(root);
    }

    private List<Path> otherLayouts() {
        try (var folders = Files.list(root)) {
            return folders.filter(each -> !each.equals(folder)
                            && each.getFileName().toString().matches(LAYOUT + "\\d+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + root, e);
        }
    }
}
