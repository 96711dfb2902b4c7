package io.jlvs.api.testing.packet;

import java.util.List;

/** Bytes behind the packet that no length and no checksum counts. */
public record Trailer(Packet below, Bits bits) implements Packet {

    @Override
    public byte[] bytes() {
        return Checksum.concat(below.bytes(), bits.bytes());
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public Trailer on(Packet below, Bits bits) {
        return new Trailer(below, bits);
    }

    @Override
    public Bits seal(Packet upper, byte[] above) {
        return bits;
    }
}
