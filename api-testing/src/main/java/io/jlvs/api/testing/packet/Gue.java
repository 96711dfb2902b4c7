package io.jlvs.api.testing.packet;

import java.util.List;

/** A header of Generic UDP Encapsulation, variant 0, as Linux sends it: 4 bytes and options that the flags name. */
public record Gue(Packet below, Bits bits) implements Packet {

    static final int SIZE = 4;
    static final Field VARIANT = Field.of("GUE variant", 0, 2);
    static final Field CONTROL = Field.of("GUE control", 2, 1);
    static final Field HEADER_LENGTH = Field.computed("GUE header length", 3, 5);
    static final Field PROTOCOL = Field.computed("GUE protocol", 8, 8);
    static final Field FLAGS = Field.of("GUE flags", 16, 16);

    static Gue of(Packet below) {
        return new Gue(below, Bits.zeros(SIZE));
    }

    public int variant() {
        return bits.number(VARIANT);
    }

    public Gue variant(int variant) {
        return on(below, bits.with(VARIANT, variant));
    }

    public boolean isControl() {
        return bits.get(CONTROL) == 1;
    }

    /** A control message instead of data: the protocol is then a control type. */
    public Gue control() {
        return on(below, bits.with(CONTROL, 1));
    }

    public int protocol() {
        return bits.number(PROTOCOL);
    }

    public Gue protocol(int number) {
        return on(below, bits.with(PROTOCOL, number));
    }

    public int flags() {
        return bits.number(FLAGS);
    }

    public Gue flags(int flags) {
        return on(below, bits.with(FLAGS, flags));
    }

    /** In words of 4 bytes, without the first 4 bytes. */
    public Gue headerLength(int words) {
        return on(below, bits.with(HEADER_LENGTH, words));
    }

    /** The optional fields behind the first 4 bytes, padded with zeros to a multiple of 4; at most 124 bytes. */
    public Gue options(byte... options) {
        return on(below, bits.tail(SIZE, Options.padded(options, 4, 124)));
    }

    @Override
    public List<Field> fields() {
        return List.of(VARIANT, CONTROL, HEADER_LENGTH, PROTOCOL, FLAGS);
    }

    @Override
    public Gue on(Packet below, Bits bits) {
        return new Gue(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameProtocol(bits, PROTOCOL, upper).auto(HEADER_LENGTH, bits.size() / 4 - 1);
    }
}
