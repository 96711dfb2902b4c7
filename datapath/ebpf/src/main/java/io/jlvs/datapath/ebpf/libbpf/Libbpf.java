package io.jlvs.datapath.ebpf.libbpf;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/** Whether there is a libbpf to be had. */
public final class Libbpf {

    /** Every library of this name is 1.0 or later and has all that is used here. */
    static final String NAME = "libbpf.so.1";

    private Libbpf() {}

    /** Why libbpf can't be used, as a sentence that says what to do; empty when it can. */
    public static Optional<String> unavailable() {
        return missing(NAME);
    }

    static Optional<String> missing(String library) {
        try {
            SymbolLookup.libraryLookup(library, Arena.global());
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.of(library + " is not installed: install libbpf 1.0 or later (Debian: libbpf1)");
        }
    }
}
