package io.jlvs.engine.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Frames that tell a network where an address is now, big endian as all of them. For IPv4 ARP announcements (RFC 5227,
 * section 3) as a request and as a reply, for there are hosts that listen to one of them only; for IPv6 an unsolicited
 * neighbour advertisement that overrides (RFC 4861, section 7.2.6).
 */
final class Announcement {

    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final byte[] ALL_NODES_MAC = {0x33, 0x33, 0, 0, 0, 1};
    private static final byte[] ALL_NODES = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final short ARP = 0x0806;
    private static final short IPV6 = (short) 0x86dd;
    private static final short REQUEST = 1;
    private static final short REPLY = 2;
    private static final int ICMPV6 = 58;
    private static final int ADVERTISEMENT_BYTES = 32;
    private static final int ROUTER = 0x80000000;
    private static final int OVERRIDE = 0x20000000;

    private Announcement() {}

    /**
     * @param mac 6 bytes: who has the address now
     * @param router whether it forwards IPv6: hosts drop a router that says that it is none (RFC 4861, section 7.2.5)
     */
    static List<byte[]> of(InetAddress address, byte[] mac, boolean router) {
        return address instanceof Inet6Address
                ? List.of(advertisement(address.getAddress(), mac, router ? ROUTER | OVERRIDE : OVERRIDE))
                : List.of(arp(REQUEST, address.getAddress(), mac), arp(REPLY, address.getAddress(), mac));
    }

    private static byte[] arp(short operation, byte[] address, byte[] mac) {
        return ByteBuffer.allocate(42)
                .put(BROADCAST)
                .put(mac)
                .putShort(ARP)
                .putShort((short) 1) // Ethernet
                .putShort((short) 0x0800) // IPv4
                .put((byte) mac.length)
                .put((byte) address.length)
                .putShort(operation)
                .put(mac)
                .put(address)
                .put(operation == REQUEST ? new byte[6] : mac)
                .put(address)
                .array();
    }

    private static byte[] advertisement(byte[] address, byte[] mac, int flags) {
        var message = ByteBuffer.allocate(ADVERTISEMENT_BYTES)
                .put((byte) 136) // neighbour advertisement
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(flags)
                .put(address)
                .put((byte) 2) // option: target link-layer address
                .put((byte) 1) // in units of 8 bytes
                .put(mac)
                .array();
        ByteBuffer.wrap(message).putShort(2, checksum(address, message));
        return ByteBuffer.allocate(14 + 40 + ADVERTISEMENT_BYTES)
                .put(ALL_NODES_MAC)
                .put(mac)
                .putShort(IPV6)
                .putInt(6 << 28)
                .putShort((short) ADVERTISEMENT_BYTES)
                .put((byte) ICMPV6)
                .put((byte) 255) // hop limit: receivers take no other (RFC 4861, section 7.1.2)
                .put(address)
                .put(ALL_NODES)
                .put(message)
                .array();
    }

    /** Of ICMPv6 with its pseudo-header (RFC 4443, section 2.3). */
    private static short checksum(byte[] source, byte[] message) {
        var all = ByteBuffer.allocate(40 + message.length)
                .put(source)
                .put(ALL_NODES)
                .putInt(message.length)
                .putInt(ICMPV6)
                .put(message)
                .flip();
        var sum = 0;
        while (all.hasRemaining()) {
            sum += Short.toUnsignedInt(all.getShort());
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
