package io.jlvs.e2e.recorded;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** A TCP segment by itself, as no connection would send it. */
final class Segment {

    private static final List<String> FLAGS = List.of("FIN", "SYN", "RST", "PSH", "ACK");
    private static final int LENGTH = 40;

    private Segment() {}

    /**
     * An IPv4 packet with nothing but headers.
     *
     * @param flags {@code SYN+FIN}, {@code no flags}
     */
    static byte[] of(byte[] source, int sourcePort, byte[] destination, int destinationPort, String flags) {
        var packet = ByteBuffer.allocate(LENGTH)
                .putShort((short) 0x4500)
                .putShort((short) LENGTH)
                .putShort((short) 1)
                .putShort((short) 0x4000)
                .put((byte) 64)
                .put((byte) 6)
                .putShort((short) 0)
                .put(source)
                .put(destination)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(1000)
                .putInt(flags.contains("ACK") ? 2000 : 0)
                .put((byte) 0x50)
                .put((byte) bits(flags))
                .putShort((short) 1024)
                .putInt(0);
        packet.putShort(36, checksum(packet));
        return packet.array();
    }

    /** The place of a flag among FIN, SYN, RST, PSH, ACK is its bit. */
    static int bits(String flags) {
        var names = List.of(flags.split("\\+", -1));
        return IntStream.range(0, FLAGS.size())
                .filter(i -> names.contains(FLAGS.get(i)))
                .map(i -> 1 << i)
                .sum();
    }

    /** RFC 9293: over addresses, protocol, length and the segment. */
    private static short checksum(ByteBuffer packet) {
        int sum = 6 + LENGTH - 20;
        for (int at = 12; at < LENGTH; at += 2) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return (short) ~((sum & 0xffff) + (sum >> 16));
    }
}
