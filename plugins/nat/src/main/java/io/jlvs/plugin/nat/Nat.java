package io.jlvs.plugin.nat;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.RelayMode;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Masquerading ({@code ipvsadm -m}): clients talk to the VIP, the director talks to the real server, which may listen on
 * another port. Both directions pass through the director: relayed in user space, translated in the kernel, where the
 * server sees the client's address and must have its way back to the client through the director.
 */
@Extension
public final class Nat implements RelayMode, KernelMode {

    @Override
    public String name() {
        return "nat";
    }

    @Override
    public Set<DataPathKind> dataPaths() {
        return Set.of(DataPathKind.USER, DataPathKind.EBPF);
    }

    @Override
    public Endpoint destination(Flow flow, RealServer server) {
        return server.endpoint();
    }
}
