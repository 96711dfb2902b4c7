package io.jlvs.cli.realserver;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the director wraps packets, in ipvsadm's words. */
enum Tunnel {
    IPIP,
    GUE,
    GRE;

    /** The kernel's devices that unwrap packets for these addresses, over IPv4 and, where the machine has it, IPv6. */
    Set<TunnelDevice> devices(List<Vip> vips, boolean ipv6) {
        var devices = new LinkedHashSet<TunnelDevice>();
        if (this == GRE) {
            devices.add(TunnelDevice.GRE0);
        } else {
            for (var vip : vips) {
                devices.add(vip.isIpv4() ? TunnelDevice.TUNL0 : TunnelDevice.SIT0);
            }
        }
        if (ipv6) {
            devices.add(this == GRE ? TunnelDevice.IP6GRE0 : TunnelDevice.IP6TNL0);
        }
        return devices;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
