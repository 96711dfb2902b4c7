package io.jlvs.api.testing.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Addresses as text and as bytes. */
final class Addresses {

    private static final HexFormat MAC = HexFormat.ofDelimiter(":");

    private Addresses() {}

    static byte[] mac(String text) {
        var bytes = MAC.parseHex(text);
        if (bytes.length != 6) {
            throw new IllegalArgumentException("not a MAC address: " + text);
        }
        return bytes;
    }

    static String mac(byte[] bytes) {
        return MAC.formatHex(bytes);
    }

    static byte[] ipv4(String text) {
        var bytes = InetAddress.ofLiteral(text).getAddress();
        if (bytes.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        return bytes;
    }

    /** An IPv4 address is taken as mapped: {@code ::ffff:10.0.0.1}. */
    static byte[] ipv6(String text) {
        var bytes = InetAddress.ofLiteral(text).getAddress();
        return bytes.length == 16
                ? bytes
                : Bits.zeros(10)
                        .tail(10, (byte) 0xff, (byte) 0xff)
                        .tail(12, bytes)
                        .bytes();
    }

    /** IPv6 in the short form of RFC 5952. */
    static String ip(byte[] bytes) {
        try {
            var text = InetAddress.getByAddress(bytes).getHostAddress();
            return bytes.length == 4 ? text : shorten(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + bytes.length + " bytes", e);
        }
    }

    private static String shorten(String text) {
        var longest = "";
        for (var run = "0:0"; run.length() < 16; run += ":0") {
            if ((":" + text + ":").contains(":" + run + ":")) {
                longest = run;
            }
        }
        return longest.isEmpty()
                ? text
                : (":" + text + ":")
                        .replaceFirst(":" + longest + ":", "::")
                        .replaceFirst("^:(?!:)", "")
                        .replaceFirst("(?<!:):$", "");
    }
}
