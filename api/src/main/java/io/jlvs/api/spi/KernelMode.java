package io.jlvs.api.spi;

import io.jlvs.api.datapath.DataPathKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A forwarding mode that works on packets in the kernel: it brings eBPF programs, made with the headers under
 * {@code jlvs/} that come with the {@code ebpf} data path.
 */
public interface KernelMode extends ForwardingMode {

    /** Where in the kernel a program runs. */
    enum Hook {
        /** Traffic control, on every interface: the complete path. */
        TC,
        /** The driver, before the kernel makes a packet of it: established flows only. */
        XDP
    }

    @Override
    default Set<DataPathKind> dataPaths() {
        return Set.of(DataPathKind.EBPF);
    }

    /**
     * The ELF object of its program, named {@code forward}. By default the resource {@code /bpf/NAME.tc.bpf.o} or
     * {@code /bpf/NAME.xdp.bpf.o} of the plugin's jar.
     *
     * @return null when the mode has none for the hook; it must have one for {@link Hook#TC}
     */
    default byte @Nullable [] program(Hook hook) {
        var name = "/bpf/" + name() + "." + hook.name().toLowerCase(Locale.ROOT) + ".bpf.o";
        try (InputStream object = getClass().getResourceAsStream(name)) {
            return object == null ? null : object.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }

    /**
     * What its program finds in its map {@code mode_settings}, an array of one value, in native byte order; empty when it
     * has no such map.
     *
     * @param options what jlvs.yaml says under {@code modes.NAME}: each key with its values
     * @throws IllegalArgumentException if an option is unknown or makes no sense, saying what was expected
     */
    default byte[] settings(Map<String, List<String>> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "mode " + name() + " has no options, found " + String.join(", ", options.keySet()));
        }
        return new byte[0];
    }
}
