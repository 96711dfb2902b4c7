package io.jlvs.api.testing.packet;

import java.util.List;

/** Bytes that are no header. */
public record Payload(Packet below, Bits bits) implements Packet {

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public Payload on(Packet below, Bits bits) {
        return new Payload(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits;
    }
}
