package io.jlvs.api.testing.packet;

/**
 * Where a field is in its header.
 *
 * @param bit first bit, counted from 0 at the most significant bit of the header's first byte
 * @param bits width
 */
public record Field(String name, int bit, int bits, Kind kind) {

    /** Who fills a field in. */
    public enum Kind {
        /** The test. */
        PLAIN,
        /** {@link Packet#bytes()}, unless the test did. */
        COMPUTED,
        /** As {@link #COMPUTED}, and after all others. */
        CHECKSUM
    }

    static Field of(String name, int bit, int bits) {
        return new Field(name, bit, bits, Kind.PLAIN);
    }

    static Field computed(String name, int bit, int bits) {
        return new Field(name, bit, bits, Kind.COMPUTED);
    }

    static Field checksum(String name, int bit, int bits) {
        return new Field(name, bit, bits, Kind.CHECKSUM);
    }

    boolean computed() {
        return kind != Kind.PLAIN;
    }

    boolean isChecksum() {
        return kind == Kind.CHECKSUM;
    }

    boolean covers(int position) {
        return bit <= position && position < bit + bits;
    }

    void check(long value) {
        if (bits < 64 && value >>> bits != 0) {
            throw new IllegalArgumentException("%s %d does not fit: 0 to %d".formatted(name, value, (1L << bits) - 1));
        }
    }
}
