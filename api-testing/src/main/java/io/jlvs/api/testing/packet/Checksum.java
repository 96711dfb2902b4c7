package io.jlvs.api.testing.packet;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The Internet checksum (RFC 1071), its pseudo-headers (RFC 793, RFC 8200 section 8.1) and CRC32c for SCTP. */
final class Checksum {

    private Checksum() {}

    /** The folded one's complement sum of 16 bit words, not inverted; an odd last byte counts as the high half. */
    static int sum(byte... bytes) {
        var sum = 0L;
        for (var i = 0; i < bytes.length; i++) {
            sum += (long) (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }

    static int of(byte... bytes) {
        return ~sum(bytes) & 0xffff;
    }

    /** Of a TCP, UDP or ICMPv6 header with what is above it and the pseudo-header of the IP layer below. */
    static int transport(Packet layer, Bits header, byte[] above) {
        return of(concat(pseudoHeader(layer, header.size() + above.length), header.bytes(), above));
    }

    /** The sum of the pseudo-header alone, as the kernel leaves it in a packet marked CHECKSUM_PARTIAL. */
    static int partial(Packet layer, Bits header, byte[] above) {
        return sum(pseudoHeader(layer, header.size() + above.length));
    }

    /** As RFC 9260 appendix A puts it on the wire: the bytes of the CRC in little-endian order. */
    static long sctp(Bits header, byte[] above) {
        var crc = new CRC32C();
        crc.update(concat(header.bytes(), above));
        return Integer.toUnsignedLong(Integer.reverseBytes((int) crc.getValue()));
    }

    private static byte[] pseudoHeader(Packet layer, int length) {
        var protocol = Numbers.protocol(layer).orElseThrow();
        return switch (layer.network()) {
            case Ipv4 ip ->
                ByteBuffer.allocate(12)
                        .put(ip.bits().slice(Ipv4.SOURCE))
                        .put(ip.bits().slice(Ipv4.DESTINATION))
                        .putShort((short) protocol)
                        .putShort((short) length)
                        .array();
            case Ipv6 ip ->
                ByteBuffer.allocate(40)
                        .put(ip.bits().slice(Ipv6.SOURCE))
                        .put(ip.bits().slice(Ipv6.DESTINATION))
                        .putInt(length)
                        .putInt(protocol)
                        .array();
            default -> new byte[0];
        };
    }

    static byte[] concat(byte[]... parts) {
        var size = 0;
        for (var part : parts) {
            size += part.length;
        }
        var all = ByteBuffer.allocate(size);
        for (var part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
