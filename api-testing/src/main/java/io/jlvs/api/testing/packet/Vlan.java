package io.jlvs.api.testing.packet;

import java.util.List;

/**
 * A VLAN tag.
 *
 * @param tagProtocol 0x8100 (802.1Q) or 0x88a8 (802.1ad), which is written into the header below
 */
public record Vlan(Packet below, Bits bits, int tagProtocol) implements Packet {

    static final int SIZE = 4;
    static final Field PRIORITY = Field.of("priority", 0, 3);
    static final Field DROP_ELIGIBLE = Field.of("drop eligible", 3, 1);
    static final Field ID = Field.of("VLAN id", 4, 12);
    static final Field TYPE = Field.computed("EtherType", 16, 16);

    static Vlan of(Packet below, int tagProtocol, int id) {
        return new Vlan(below, Bits.zeros(SIZE).with(ID, id), tagProtocol);
    }

    public int id() {
        return bits.number(ID);
    }

    public int priority() {
        return bits.number(PRIORITY);
    }

    public Vlan priority(int priority) {
        return on(below, bits.with(PRIORITY, priority));
    }

    public int type() {
        return bits.number(TYPE);
    }

    public Vlan type(int etherType) {
        return on(below, bits.with(TYPE, etherType));
    }

    @Override
    public List<Field> fields() {
        return List.of(PRIORITY, DROP_ELIGIBLE, ID, TYPE);
    }

    @Override
    public Vlan on(Packet below, Bits bits) {
        return new Vlan(below, bits, tagProtocol);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Numbers.nameEtherType(bits, TYPE, upper);
    }
}
