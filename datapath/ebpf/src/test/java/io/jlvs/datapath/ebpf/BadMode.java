package io.jlvs.datapath.ebpf;

import io.jlvs.api.spi.KernelMode;

/** The mode of {@code refused.bpf.c}. */
record BadMode(String name) implements KernelMode {

    @Override
    public byte[] program(Hook hook) {
        return Programs.read("refused.tc.bpf.o");
    }
}
