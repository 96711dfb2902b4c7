package io.jlvs.e2e.lab;

import java.util.Arrays;

/** An IP packet that passed an interface. */
public final class Packet {

    private static final int IPV4_LENGTH = 2;
    private static final int IPV6_LENGTH = 4;
    private static final int TTL = 8;
    private static final int HOP_LIMIT = 7;
    private static final int CHECKSUM = 10;
    private static final int IPV6_HEADER = 40;

    private final String text;
    private final byte[] ip;

    Packet(String text, byte[] ip) {
        this.text = text;
        this.ip = ip;
    }

    /** What {@code tcpdump -nn -e -vv} says of it, in one line. */
    public String text() {
        return text;
    }

    /** Its bytes from the IP header on. */
    public byte[] ip() {
        return ip.clone();
    }

    /** The link address of who sent it: {@code 02:42:ac:11:00:02}. */
    public String sourceMac() {
        return text.split(" ", 3)[1];
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

    /** Whether all its bytes are there; tcpdump prints them line by line. */
    boolean isComplete() {
        return ip.length > IPV6_LENGTH + 1
                && ip.length >= (isIpv4() ? number(IPV4_LENGTH) : IPV6_HEADER + number(IPV6_LENGTH));
    }

    private int number(int at) {
        return (ip[at] & 0xff) << 8 | (ip[at + 1] & 0xff);
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
