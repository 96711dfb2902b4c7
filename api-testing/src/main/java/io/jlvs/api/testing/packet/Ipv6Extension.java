package io.jlvs.api.testing.packet;

import java.util.List;

/**
 * An IPv6 extension header of the common form: hop-by-hop options, routing or destination options (RFC 8200 section 4).
 *
 * @param number 0 hop-by-hop, 43 routing, 60 destination options
 */
public record Ipv6Extension(Packet below, Bits bits, int number) implements Packet {

    static final int SIZE = 8;
    static final Field NEXT_HEADER = Field.computed("next header", 0, 8);
    static final Field LENGTH = Field.computed("header extension length", 8, 8);

    static Ipv6Extension of(Packet below, int number, byte... options) {
        var header = Options.padded(Checksum.concat(new byte[2], options), 8, 2048);
        return new Ipv6Extension(below, Bits.of(header), number);
    }

    public int nextHeader() {
        return bits.number(NEXT_HEADER);
    }

    public Ipv6Extension nextHeader(int number) {
        return on(below, bits.with(NEXT_HEADER, number));
    }

    public int length() {
        return bits.number(LENGTH);
    }

    /** In units of 8 bytes, without the first 8. */
    public Ipv6Extension length(int units) {
        return on(below, bits.with(LENGTH, units));
    }

    @Override
    public List<Field> fields() {
        return List.of(NEXT_HEADER, LENGTH);
    }

    @Override
    public Ipv6Extension on(Packet below, Bits bits) {
        return new Ipv6Extension(below, bits, number);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameProtocol(bits, NEXT_HEADER, upper).auto(LENGTH, bits.size() / 8 - 1);
    }
}
