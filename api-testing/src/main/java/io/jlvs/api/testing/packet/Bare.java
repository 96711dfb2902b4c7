package io.jlvs.api.testing.packet;

import java.util.List;

/** Nothing: what the first header of a packet stands on. */
public record Bare() implements Packet {

    @Override
    public Packet below() {
        return this;
    }

    @Override
    public Bits bits() {
        return Bits.EMPTY;
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public Packet on(Packet below, Bits bits) {
        return this;
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return Bits.EMPTY;
    }
}
