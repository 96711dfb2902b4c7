package io.jlvs.plugin.dr;

import io.jlvs.api.spi.KernelMode;
import org.pf4j.Extension;

/**
 * Direct routing ({@code ipvsadm -g}): the packet goes to the real server as it is, only one hop further and under
 * another link-layer address. The server has the VIP on an interface that does not answer ARP, and answers the client
 * itself. So it must be on a network of the director's, and its port is the service's.
 */
@Extension
public final class Dr implements KernelMode {

    @Override
    public String name() {
        return "dr";
    }
}
