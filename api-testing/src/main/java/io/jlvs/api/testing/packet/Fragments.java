package io.jlvs.api.testing.packet;

/** Fragment offsets. */
final class Fragments {

    private Fragments() {}

    static int units(int bytes) {
        if (bytes % 8 != 0) {
            throw new IllegalArgumentException("fragment offset %d: a multiple of 8".formatted(bytes));
        }
        return bytes / 8;
    }
}
