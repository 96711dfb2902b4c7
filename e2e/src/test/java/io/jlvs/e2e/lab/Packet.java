package io.jlvs.e2e.lab;

import java.util.Arrays;

/**
 * A packet that passed an interface.
 *
 * @param text what {@code tcpdump -nn -e -vv} says of it, in one line
 * @param ip its bytes from the IP header on
 */
public record Packet(String text, byte[] ip) {

    private static final int TTL = 8;
    private static final int HOP_LIMIT = 7;
    private static final int CHECKSUM = 10;
    private static final int IPV6_HEADER = 40;

    /** The link address of who sent it: {@code 02:42:ac:11:00:02}. */
    public String sourceMac() {
        return text.split(" ", 3)[1].toLowerCase();
    }

    /** The time to live or the hop limit. */
    public int ttl() {
        return ip[isIpv4() ? TTL : HOP_LIMIT] & 0xff;
    }

    /** The IP header without what each hop changes: time to live and header checksum are 0. */
    public byte[] unchangingHeader() {
        var header = Arrays.copyOf(ip, headerLength());
        if (isIpv4()) {
            header[TTL] = 0;
            header[CHECKSUM] = 0;
            header[CHECKSUM + 1] = 0;
        } else {
            header[HOP_LIMIT] = 0;
        }
        return header;
    }

    /** What comes after the IP header; IPv6 extension headers belong to it. */
    public byte[] payload() {
        return Arrays.copyOfRange(ip, headerLength(), ip.length);
    }

    /** The packet that this one carries, from its own IP header on. */
    public Packet inner() {
        return new Packet(text, payload());
    }

    private int headerLength() {
        return isIpv4() ? (ip[0] & 0xf) * 4 : IPV6_HEADER;
    }

    private boolean isIpv4() {
        return ip[0] >> 4 == 4;
    }

    @Override
    public String toString() {
        return text;
    }
}
