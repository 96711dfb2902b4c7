package io.jlvs.datapath.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The programs of src/test/bpf. */
final class Programs {

    private Programs() {}

    static byte[] read(String object) {
        var name = "/bpf/" + object;
        try (var in = Objects.requireNonNull(Programs.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
