package io.jlvs.api.testing.packet;

import java.util.List;

/**
 * A UDP header (RFC 768).
 *
 * @param partial whether the checksum is that of the pseudo-header alone
 */
public record Udp(Packet below, Bits bits, boolean partial) implements Packet {

    static final int SIZE = 8;
    static final Field SOURCE_PORT = Field.of("source port", 0, 16);
    static final Field DESTINATION_PORT = Field.of("destination port", 16, 16);
    static final Field LENGTH = Field.computed("UDP length", 32, 16);
    static final Field CHECKSUM = Field.checksum("UDP checksum", 48, 16);

    static Udp of(Packet below, int sourcePort, int destinationPort) {
        return new Udp(below, Bits.zeros(SIZE), false).sourcePort(sourcePort).destinationPort(destinationPort);
    }

    public int sourcePort() {
        return bits.number(SOURCE_PORT);
    }

    public Udp sourcePort(int port) {
        return set(SOURCE_PORT, port);
    }

    public int destinationPort() {
        return bits.number(DESTINATION_PORT);
    }

    public Udp destinationPort(int port) {
        return set(DESTINATION_PORT, port);
    }

    public int length() {
        return bits.number(LENGTH);
    }

    /** In bytes, this header included. The checksum goes on counting all bytes that are there. */
    public Udp length(int bytes) {
        return set(LENGTH, bytes);
    }

    public int checksum() {
        return bits.number(CHECKSUM);
    }

    public Udp checksum(int checksum) {
        return set(CHECKSUM, checksum);
    }

    /** Zero: the sender computed none. */
    public Udp noChecksum() {
        return checksum(0);
    }

    /** As the kernel leaves it to the device (CHECKSUM_PARTIAL): the sum of the pseudo-header, not inverted. */
    public Udp partialChecksum() {
        return new Udp(below, bits.free(CHECKSUM), true);
    }

    private Udp set(Field field, long value) {
        return on(below, bits.with(field, value));
    }

    @Override
    public List<Field> fields() {
        return List.of(SOURCE_PORT, DESTINATION_PORT, LENGTH, CHECKSUM);
    }

    @Override
    public Udp on(Packet below, Bits bits) {
        return new Udp(below, bits, partial);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits.auto(LENGTH, bits.size() + above.length)
                .checksum(
                        CHECKSUM, header -> partial ? Checksum.partial(this, header, above) : neverZero(header, above));
    }

    /** A computed zero is sent as all ones, because zero says that there is no checksum. */
    private int neverZero(Bits header, byte[] above) {
        var sum = Checksum.transport(this, header, above);
        return sum == 0 ? 0xffff : sum;
    }
}
