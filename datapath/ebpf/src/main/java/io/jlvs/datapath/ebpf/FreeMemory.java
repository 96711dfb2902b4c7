package io.jlvs.datapath.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code /proc/meminfo} says is free or only buffers files. */
final class FreeMemory {

    private static final Path FILE = Path.of("/proc/meminfo");
    private static final List<String> COUNTED = List.of("MemFree:", "Buffers:");
    private static final int PAGE_KILOBYTES = 4;

    private FreeMemory() {}

    /** Pages of 4096 bytes. */
    static long pages() {
        try (var lines = Files.lines(FILE)) {
            return lines.map(line -> line.split("\\s+"))
                            .filter(fields -> COUNTED.contains(fields[0]))
                            .mapToLong(fields -> Long.parseLong(fields[1]))
                            .sum()
                    / PAGE_KILOBYTES;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + FILE, e);
        }
    }
}
