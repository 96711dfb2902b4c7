package io.jlvs.api.testing.packet;

import java.util.List;

/** The IPv6 fragment header (RFC 8200 section 4.5). */
public record Ipv6Fragment(Packet below, Bits bits) implements Packet {

    static final int SIZE = 8;
    static final Field NEXT_HEADER = Field.computed("next header", 0, 8);
    static final Field RESERVED = Field.of("reserved", 8, 8);
    static final Field OFFSET = Field.of("fragment offset", 16, 13);
    static final Field RESERVED_BITS = Field.of("reserved", 29, 2);
    static final Field MORE = Field.of("more fragments", 31, 1);
    static final Field ID = Field.of("id", 32, 32);

    static Ipv6Fragment of(Packet below, int offset, boolean more, long id) {
        var header = Bits.zeros(SIZE).with(OFFSET, Fragments.units(offset)).with(MORE, more ? 1 : 0);
        return new Ipv6Fragment(below, header.with(ID, id));
    }

    public int nextHeader() {
        return bits.number(NEXT_HEADER);
    }

    public Ipv6Fragment nextHeader(int number) {
        return on(below, bits.with(NEXT_HEADER, number));
    }

    /** In bytes. */
    public int offset() {
        return bits.number(OFFSET) * 8;
    }

    public boolean isMore() {
        return bits.get(MORE) == 1;
    }

    public long id() {
        return bits.get(ID);
    }

    /** False for an atomic fragment (RFC 6946), which holds its whole packet. */
    public boolean isFragment() {
        return isMore() || offset() > 0;
    }

    @Override
    public List<Field> fields() {
        return List.of(NEXT_HEADER, RESERVED, OFFSET, RESERVED_BITS, MORE, ID);
    }

    @Override
    public Ipv6Fragment on(Packet below, Bits bits) {
        return new Ipv6Fragment(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameProtocol(bits, NEXT_HEADER, upper);
    }
}
