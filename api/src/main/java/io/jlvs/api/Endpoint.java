package io.jlvs.api;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An IP address and a port: a VIP with its port, a real server, a client.
 *
 * @param address IPv4 or IPv6; an IPv4-mapped IPv6 literal counts as IPv4
 * @param port 0..65535; 0 means "any port" for a persistent service, "the service's port" for a server of a mark
 */
public record Endpoint(InetAddress address, int port) {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is outside 0..65535");
        }
    }

    /**
     * Reads {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}. No name is ever looked up.
     *
     * @throws IllegalArgumentException if the text is anything else, saying what was expected
     */
    public static Endpoint parse(String text) {
        var colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address: expected 10.0.0.1:80 or [2001:db8::1]:80");
        }
        return new Endpoint(parseAddress(text, text.substring(0, colon)), parsePort(text, text.substring(colon + 1)));
    }

    /** A literal address and a port: {@code of("10.0.0.1", 80)}. */
    public static Endpoint of(String address, int port) {
        return new Endpoint(InetAddress.ofLiteral(address), port);
    }

    /** The family of the address. */
    public AddressFamily family() {
        return AddressFamily.of(address);
    }

    /** {@code 10.0.0.1:80}, {@code [2001:db8:0:0:0:0:0:1]:80} in RFC 5952 form. */
    @Override
    public String toString() {
        var host = Addresses.format(address);
        return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static InetAddress parseAddress(String text, String host) {
        var bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed != host.contains(":")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is ambiguous: an IPv6 address goes in brackets, [2001:db8::1]:80");
        }
        return Addresses.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    }

    private static int parsePort(String text, String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + port + "' in '" + text + "' is no port: expected 0..65535", e);
        }
    }
}
