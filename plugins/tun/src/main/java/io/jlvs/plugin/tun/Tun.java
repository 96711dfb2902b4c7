package io.jlvs.plugin.tun;

import io.jlvs.api.spi.KernelMode;
import org.pf4j.Extension;

/**
 * Tunnelling ({@code ipvsadm -i}): the packet goes to the real server inside another one, as {@link io.jlvs.api.Tunnel}
 * says: IP in IP (RFC 2003), GUE or GRE (RFC 2784). The server unwraps it, has the VIP, and answers the client itself.
 * It may be anywhere that IP reaches; its port is the service's.
 */
@Extension
public final class Tun implements KernelMode {

    @Override
    public String name() {
        return "tun";
    }
}
