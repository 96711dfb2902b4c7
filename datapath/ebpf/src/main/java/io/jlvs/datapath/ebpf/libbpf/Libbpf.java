package io.jlvs.datapath.ebpf.libbpf;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** Whether there is a libbpf to be had. */
public final class Libbpf {

    private Libbpf() {}

    /** Why libbpf can't be used, as a sentence that says what to do; empty when it can. */
    public static Optional<String> unavailable() {
        try {
            SymbolLookup.libraryLookup("libbpf.so.1", Arena.global());
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.of("libbpf.so.1 is not installed: install libbpf 1.0 or later (Debian: libbpf1)");
        }
    }
}
