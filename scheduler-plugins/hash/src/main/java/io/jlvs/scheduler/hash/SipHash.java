package io.jlvs.scheduler.hash;

/**
 * SipHash-1-3 of one 32-bit value under a 128-bit key, cut to 32 bits: what a 64-bit Linux kernel calls hsiphash.
 * (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.)
 */
record SipHash(long key0, long key1) {

    /** The low 32 bits of the hash of the value's four bytes, least significant first. */
    int hash(int value) {
        var state = new long[] {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
        // One block holds it all: the length, 4, in the top byte, then the value.
        long block = 4L << 56 | Integer.toUnsignedLong(value);
        state[3] ^= block;
        round(state);
        state[0] ^= block;
        state[2] ^= 0xff;
        for (int i = 0; i < 3; i++) {
            round(state);
        }
        return (int) (state[0] ^ state[1] ^ state[2] ^ state[3]);
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
