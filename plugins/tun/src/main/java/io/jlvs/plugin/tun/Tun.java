package io.jlvs.plugin.tun;

import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.spi.ForwardingMode;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Tunnelling ({@code ipvsadm -i}): the packet goes to the real server inside another one, as {@link io.jlvs.api.Tunnel}
 * says: IP in IP (RFC 2003), GUE or GRE (RFC 2784). The server unwraps it, has the VIP, and answers the client itself.
 * It may be anywhere that IP reaches; its port is the service's.
 *
 * <p>Whole packets are needed for it, so it runs in the {@code ebpf} data path alone; its kernel program comes with that
 * data path.
 */
@Extension
public final class Tun implements ForwardingMode {

    @Override
    public String name() {
        return "tun";
    }

    @Override
    public Set<DataPathKind> dataPaths() {
        return Set.of(DataPathKind.EBPF);
    }
}
