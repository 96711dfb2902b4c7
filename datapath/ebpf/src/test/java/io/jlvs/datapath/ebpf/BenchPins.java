package io.jlvs.datapath.ebpf;

import io.jlvs.datapath.ebpf.libbpf.BpfFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pins of this process's {@link ProgramBench}, and through them its programs. */
final class BenchPins implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/bpf");
    private static final String PREFIX = "jlvs-bench-";

    private final Path folder = ROOT.resolve(PREFIX + ProcessHandle.current().pid());

    /** Removes what killed processes have left. */
    BenchPins() {
        try (var folders = Files.newDirectoryStream(ROOT, PREFIX + "*")) {
            for (var other : folders) {
                var pid = Long.parseLong(other.getFileName().toString().substring(PREFIX.length()));
                if (other.equals(folder) || ProcessHandle.of(pid).isEmpty()) {
                    BpfFs.remove(other);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EbpfOptions options(String... interfaces) {
        return new EbpfOptions(List.of(interfaces), folder, true, 4096, 1024, 4096, true, false, Map.of());
    }

    /** The programs once more, on the maps that are pinned. */
    Pipeline openPipeline(String... programs) {
        return Pipeline.ofTrafficControl(
                Programs.read("pipeline.tc.bpf.o"), List.of(programs), Map.of(), new Pins(folder));
    }

    Pipeline openDriver(Pipeline pipeline) {
        return Pipeline.ofDriver(Programs.read("pipeline.xdp.bpf.o"), List.of("express"), pipeline, new Pins(folder));
    }

    @Override
    public void close() {
        BpfFs.remove(folder);
    }
}
