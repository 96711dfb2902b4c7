package io.jlvs.datapath.ebpf.libbpf;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** The test programs that the build has compiled from src/test/bpf. */
final class Sample {

    private Sample() {}

    /** Loads sample.bpf.c, or skips the test where nobody may load programs. */
    static BpfObject load() {
        var sample = open("sample.tc");
        sample.load();
        return sample;
    }

    static BpfObject open(String name) {
        needsRoot();
        return BpfObject.open(name, elf(name));
    }

    static void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "loading programs needs root");
    }

    static byte[] elf(String name) {
        var resource = "/bpf/" + name + ".bpf.o";
        try (var in = Objects.requireNonNull(Sample.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MemorySegment u32(int number) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_INT, number);
    }

    static MemorySegment u64(long number) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, number);
    }
}
