package io.jlvs.api.testing.packet;

/**
 * Where a field is in its header.
 *
 * @param bit first bit, counted from 0 at the most significant bit of the header's first byte
 * @param bits width
 * @param computed whether {@link Packet#bytes()} fills it in unless it was set
 */
public record Field(String name, int bit, int bits, boolean computed) {

    static Field of(String name, int bit, int bits) {
        return new Field(name, bit, bits, false);
    }

    static Field computed(String name, int bit, int bits) {
        return new Field(name, bit, bits, true);
    }

    boolean covers(int offset) {
        return bit < (offset + 1) * 8 && bit + bits > offset * 8;
    }

    void check(long value) {
        if (bits < 64 && value >>> bits != 0) {
            throw new IllegalArgumentException("%s %d does not fit: 0 to %d".formatted(name, value, (1L << bits) - 1));
        }
    }
}
