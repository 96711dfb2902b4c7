package io.jlvs.plugin.dr;

import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.ForwardingMode;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Direct routing ({@code ipvsadm -g}): the packet goes to the real server as it is, only under another link-layer
 * address. The server has the VIP on an interface that does not answer ARP, and answers the client itself. So it must
 * be on a network of the director's, and its port is the service's.
 *
 * <p>Whole packets are needed for it, so it runs in the {@code ebpf} data path alone; its kernel program comes with that
 * data path.
 */
@Extension
public final class Dr implements ForwardingMode {

    @Override
    public String name() {
        return "dr";
    }

    @Override
    public Set<DataPathKind> dataPaths() {
        return Set.of(DataPathKind.EBPF);
    }
}
