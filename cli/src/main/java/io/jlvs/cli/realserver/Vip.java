package io.jlvs.cli.realserver;

import java.net.Inet4Address;
import java.net.InetAddress;

/** A virtual address. */
record Vip(InetAddress address) {

    /**
     * Reads an address; names are not looked up.
     *
     * @throws IllegalArgumentException if it is none that a host can have
     */
    static Vip of(String text) {
        var address = literal(text);
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLoopbackAddress()) {
            throw new IllegalArgumentException("'" + text + "' can't be the address of a service");
        }
        return new Vip(address);
    }

    private static InetAddress literal(String text) {
        try {
            var address = InetAddress.ofLiteral(text);
            // 10.0 is a way to write 10.0.0.0, but more often a slip; an interface behind % is not for services
            if (text.indexOf(':') < 0 ? text.equals(address.getHostAddress()) : text.indexOf('%') < 0) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an IPv4 or IPv6 address, such as 10.0.0.100 or fd00::100");
    }

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** The address alone with its prefix: {@code 10.0.0.100/32}. */
    String host() {
        return this + (isIpv4() ? "/32" : "/128");
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
