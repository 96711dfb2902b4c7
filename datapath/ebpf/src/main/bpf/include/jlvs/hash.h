// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The hashes of IPVS's schedulers. */
#ifndef JLVS_HASH_H
#define JLVS_HASH_H

#include <linux/types.h>

#define ROTATE(x, by) ((x) << (by) | (x) >> (64 - (by)))

#define SIP_ROUND                                                                                                      \
    do {                                                                                                               \
        v0 += v1, v1 = ROTATE(v1, 13), v1 ^= v0, v0 = ROTATE(v0, 32);                                                  \
        v2 += v3, v3 = ROTATE(v3, 16), v3 ^= v2;                                                                       \
        v0 += v3, v3 = ROTATE(v3, 21), v3 ^= v0;                                                                       \
        v2 += v1, v1 = ROTATE(v1, 17), v1 ^= v2, v2 = ROTATE(v2, 32);                                                  \
    } while (0)

#define MAGLEV_KEY 2654435761ULL

/* SipHash-1-3 (Aumasson and Bernstein, 2012) of four little-endian bytes with the key of mh; its low 32 bits. */
static __always_inline __u32 maglev_hash(__u32 value)
{
    __u64 v0 = 0x736f6d6570736575ULL ^ MAGLEV_KEY, v1 = 0x646f72616e646f6dULL ^ MAGLEV_KEY;
    __u64 v2 = 0x6c7967656e657261ULL ^ MAGLEV_KEY, v3 = 0x7465646279746573ULL ^ MAGLEV_KEY;
    __u64 last = 4ULL << 56 | value;

    v3 ^= last;
    SIP_ROUND;
    v0 ^= last;
    v2 ^= 0xff;
    SIP_ROUND;
    SIP_ROUND;
    SIP_ROUND;
    return v0 ^ v1 ^ v2 ^ v3;
}

/* Multiplicative (Knuth, The Art of Computer Programming 3, 6.4), of sh and dh; all 32 bits, the upper ones are good. */
static __always_inline __u32 multiplicative_hash(__u32 value)
{
    return value * 0x61c88647;
}

#endif
