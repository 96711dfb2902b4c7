package io.jlvs.engine.ipvsadm;

import io.jlvs.api.Addresses;
import io.jlvs.api.Protocol;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code host[:port]} in the forms that ipvsadm takes. */
final class AddressReader {

    private static final Pattern LEADING_ZERO = Pattern.compile("(^|[.:])0\\d+\\.|\\.0\\d");
    private static final Pattern BLANK = Pattern.compile("\\s");

    private final HostNames names;

    AddressReader(HostNames names) {
        this.names = names;
    }

    /** @param port empty when none was given */
    record HostAndPort(InetAddress host, OptionalInt port) {}

    /**
     * An IPv6 address, alone or in brackets with a port; an IPv4 address in any form of inet_aton(3), or a host name,
     * with or without a port. Digits alone are no host.
     *
     * @param protocol whose services have names for ports; null when no name will do
     */
    Optional<HostAndPort> read(String text, @Nullable Protocol protocol) {
        if (text.isEmpty() || text.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        var host = text;
        String port = null;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || !text.startsWith(":", end + 1)) {
                return Optional.empty();
            }
            host = text.substring(1, end);
            port = text.substring(end + 2);
        }
        var ipv6 = host.indexOf(':') < host.lastIndexOf(':') ? literal(host) : null; // one colon is a port's
        return ipv6 != null ? withPort(ipv6, port, protocol) : readIpv4(host, protocol);
    }

    /**
     * A dotted address in any form of inet_aton(3): 1 to 4 parts, decimal, octal or hexadecimal. What follows a blank
     * does not count.
     */
    static @Nullable InetAddress aton(String text) {
        var parts = BLANK.split(text, 2)[0].split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            var last = i == parts.length - 1;
            var bits = last ? 8 * (5 - parts.length) : 8;
            var part = part(parts[i]);
            if (part < 0 || part >= 1L << bits) {
                return null;
            }
            address = address << bits | part;
        }
        return address(ByteBuffer.allocate(4).putInt((int) address).array());
    }

    /** An IPv4 address, or that of a host of this name; null when it is neither. */
    @Nullable
    InetAddress ipv4(String host) {
        var address = aton(host);
        return address == null && !host.isEmpty() && !host.contains(":") ? names.address(host) : address;
    }

    /** An address as inet_pton(3) reads it: no scope, no leading zeros between dots; an IPv4-mapped one stays IPv6. */
    static @Nullable InetAddress literal(String text) {
        if (text.contains("%") || LEADING_ZERO.matcher(text).find()) {
            return null;
        }
        try {
            var address = Addresses.parse(text);
            return address instanceof Inet4Address && text.contains(":") ? mapped(address.getAddress()) : address;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private Optional<HostAndPort> readIpv4(String text, @Nullable Protocol protocol) {
        int colon = text.lastIndexOf(':');
        var address = ipv4(colon < 0 ? text : text.substring(0, colon));
        return address == null
                ? Optional.empty()
                : withPort(address, colon < 0 ? null : text.substring(colon + 1), protocol);
    }

    private Optional<HostAndPort> withPort(InetAddress host, @Nullable String port, @Nullable Protocol protocol) {
        if (port == null) {
            return Optional.of(new HostAndPort(host, OptionalInt.empty()));
        }
        var found = port(port, protocol);
        return found.isEmpty() ? Optional.empty() : Optional.of(new HostAndPort(host, found));
    }

    private OptionalInt port(String text, @Nullable Protocol protocol) {
        var number = Numbers.read(text, 0, 65535);
        if (number.isPresent()) {
            return OptionalInt.of((int) number.getAsLong());
        }
        return protocol == null ? OptionalInt.empty() : names.port(text, protocol);
    }

    private static long part(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
            return text.startsWith("0") && text.length() > 1 ? Long.parseLong(text, 8) : digits(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static long digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(text) : -1;
    }

    /** @param bytes 4 or 16 */
    static InetAddress address(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    /** An IPv4-mapped address as an IPv6 address, which Java does not make unasked. */
    private static InetAddress mapped(byte[] ipv4) {
        var bytes = ByteBuffer.allocate(16).putShort(10, (short) 0xffff).put(12, ipv4);
        try {
            return Inet6Address.getByAddress(null, bytes.array(), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }
}
