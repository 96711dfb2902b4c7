package io.jlvs.api.datapath;

import java.util.Locale;

/** The two data paths. */
public enum DataPathKind {
    /** A relay in user space: no privilege, any kernel; mode nat. */
    USER,
    /** eBPF programs in the kernel: modes nat, dr, tun. */
    EBPF;

    /** The word in jlvs.yaml: {@code user}, {@code ebpf}. */
    public String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
