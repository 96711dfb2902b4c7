package io.jlvs.api.testing.packet;

import java.util.List;

/** An Ethernet II header. */
public record Ethernet(Packet below, Bits bits) implements Packet {

    static final int SIZE = 14;
    static final Field DESTINATION = Field.of("destination MAC", 0, 48);
    static final Field SOURCE = Field.of("source MAC", 48, 48);
    static final Field TYPE = Field.computed("EtherType", 96, 16);

    static Ethernet of(Packet below, String source, String destination) {
        return new Ethernet(below, Bits.zeros(SIZE)).source(source).destination(destination);
    }

    public String source() {
        return Addresses.mac(bits.slice(SOURCE));
    }

    public Ethernet source(String mac) {
        return new Ethernet(below, bits.with(SOURCE, Addresses.mac(mac)));
    }

    public String destination() {
        return Addresses.mac(bits.slice(DESTINATION));
    }

    public Ethernet destination(String mac) {
        return new Ethernet(below, bits.with(DESTINATION, Addresses.mac(mac)));
    }

    public int type() {
        return bits.number(TYPE);
    }

    public Ethernet type(int etherType) {
        return new Ethernet(below, bits.with(TYPE, etherType));
    }

    @Override
    public List<Field> fields() {
        return List.of(DESTINATION, SOURCE, TYPE);
    }

    @Override
    public Ethernet on(Packet below, Bits bits) {
        return new Ethernet(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameEtherType(bits, TYPE, upper);
    }
}
