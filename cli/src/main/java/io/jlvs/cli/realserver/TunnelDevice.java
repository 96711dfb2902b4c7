package io.jlvs.cli.realserver;

import java.util.Locale;

/** The device that each of the kernel's tunnel modules brings along, which takes packets from anybody. */
enum TunnelDevice {
    TUNL0("ipip"),
    SIT0("sit"),
    GRE0("ip_gre"),
    IP6TNL0("ip6_tunnel"),
    IP6GRE0("ip6_gre");

    private final String module;

    TunnelDevice(String module) {
        this.module = module;
    }

    String module() {
        return module;
    }

    /** Its name as an interface. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
