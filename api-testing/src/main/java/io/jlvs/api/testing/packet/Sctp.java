package io.jlvs.api.testing.packet;

import java.util.List;

/** The common header of SCTP (RFC 9260 section 3.1); its checksum is CRC32c. */
public record Sctp(Packet below, Bits bits) implements Packet {

    static final int SIZE = 12;
    static final Field SOURCE_PORT = Field.of("source port", 0, 16);
    static final Field DESTINATION_PORT = Field.of("destination port", 16, 16);
    static final Field TAG = Field.of("verification tag", 32, 32);
    static final Field CHECKSUM = Field.checksum("SCTP checksum", 64, 32);

    static Sctp of(Packet below, int sourcePort, int destinationPort) {
        var header = Bits.zeros(SIZE).with(SOURCE_PORT, sourcePort).with(DESTINATION_PORT, destinationPort);
        return new Sctp(below, header);
    }

    public int sourcePort() {
        return bits.number(SOURCE_PORT);
    }

    public int destinationPort() {
        return bits.number(DESTINATION_PORT);
    }

    public Sctp sourcePort(int port) {
        return on(below, bits.with(SOURCE_PORT, port));
    }

    public Sctp destinationPort(int port) {
        return on(below, bits.with(DESTINATION_PORT, port));
    }

    public long tag() {
        return bits.get(TAG);
    }

    public Sctp tag(long tag) {
        return on(below, bits.with(TAG, tag));
    }

    public long checksum() {
        return bits.get(CHECKSUM);
    }

    public Sctp checksum(long checksum) {
        return on(below, bits.with(CHECKSUM, checksum));
    }

    @Override
    public List<Field> fields() {
        return List.of(SOURCE_PORT, DESTINATION_PORT, TAG, CHECKSUM);
    }

    @Override
    public Sctp on(Packet below, Bits bits) {
        return new Sctp(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits.checksum(CHECKSUM, header -> Checksum.sctp(header, above));
    }
}
