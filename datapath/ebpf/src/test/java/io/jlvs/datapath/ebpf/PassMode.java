package io.jlvs.datapath.ebpf;

import io.jlvs.api.spi.KernelMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mode of {@code pass.bpf.c}. */
record PassMode(String name, int verdict) implements KernelMode {

    static final int OK = 0; // TC_ACT_OK
    static final int DROP = 2; // TC_ACT_SHOT

    static final PassMode PASS = new PassMode("pass", OK);

    @Override
    public byte[] settings(Map<String, List<String>> options) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(verdict)
                .array();
    }

    @Override
    public byte @Nullable [] program(Hook hook) {
        return hook == Hook.TC ? Programs.read("pass.tc.bpf.o") : null;
    }
}
