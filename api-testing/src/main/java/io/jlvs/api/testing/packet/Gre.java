package io.jlvs.api.testing.packet;

import java.util.List;

/** A GRE header (RFC 2784): 4 bytes, or 8 with a checksum. */
public record Gre(Packet below, Bits bits) implements Packet {

    static final int SIZE = 4;
    static final int SIZE_WITH_CHECKSUM = 8;
    static final Field CHECKSUM_PRESENT = Field.of("checksum present", 0, 1);
    static final Field RESERVED = Field.of("reserved", 1, 12);
    static final Field VERSION = Field.of("version", 13, 3);
    static final Field TYPE = Field.computed("protocol type", 16, 16);
    static final Field CHECKSUM = Field.checksum("GRE checksum", 32, 16);
    static final Field RESERVED_1 = Field.of("reserved", 48, 16);

    static Gre of(Packet below) {
        return new Gre(below, Bits.zeros(SIZE));
    }

    /** With a checksum over this header and all that it carries. */
    public Gre withChecksum() {
        return on(below, bits.with(CHECKSUM_PRESENT, 1).tail(SIZE, new byte[4]));
    }

    public boolean hasChecksum() {
        return bits.size() == SIZE_WITH_CHECKSUM;
    }

    /** Of a header that has one. */
    public int checksum() {
        return bits.number(CHECKSUM);
    }

    public Gre checksum(int checksum) {
        return on(below, withChecksum().bits.with(CHECKSUM, checksum));
    }

    /** An EtherType. */
    public int type() {
        return bits.number(TYPE);
    }

    public Gre type(int etherType) {
        return on(below, bits.with(TYPE, etherType));
    }

    @Override
    public List<Field> fields() {
        return hasChecksum()
                ? List.of(CHECKSUM_PRESENT, RESERVED, VERSION, TYPE, RESERVED_1, CHECKSUM)
                : List.of(CHECKSUM_PRESENT, RESERVED, VERSION, TYPE);
    }

    @Override
    public Gre on(Packet below, Bits bits) {
        return new Gre(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        var named = Numbers.nameEtherType(bits, TYPE, upper);
        return hasChecksum()
                ? named.checksum(CHECKSUM, header -> Checksum.of(Checksum.concat(header.bytes(), above)))
                : named;
    }
}
