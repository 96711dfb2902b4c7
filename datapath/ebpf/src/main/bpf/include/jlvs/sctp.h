// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* SCTP (RFC 9260) as a director sees it: the state tables of IPVS, and the checksum of what is translated. */
#ifndef JLVS_SCTP_H
#define JLVS_SCTP_H

#include "tcp.h"

#define NO (STATE_SCTP_NONE - STATE_SCTP_NONE)
#define I1 (STATE_SCTP_INIT1 - STATE_SCTP_NONE)
#define IN (STATE_SCTP_INIT - STATE_SCTP_NONE)
#define CS (STATE_SCTP_CLIENT_SENT - STATE_SCTP_NONE)
#define CR (STATE_SCTP_CLIENT_REPLIED - STATE_SCTP_NONE)
#define CW (STATE_SCTP_CLIENT_WAIT - STATE_SCTP_NONE)
#define CO (STATE_SCTP_COOKIE - STATE_SCTP_NONE)
#define CE (STATE_SCTP_CLIENT_ECHOED - STATE_SCTP_NONE)
#define ES (STATE_SCTP_ESTABLISHED - STATE_SCTP_NONE)
#define SS (STATE_SCTP_SHUTDOWN_SENT - STATE_SCTP_NONE)
#define SR (STATE_SCTP_SHUTDOWN_RECEIVED - STATE_SCTP_NONE)
#define SA (STATE_SCTP_SHUTDOWN_ACK_SENT - STATE_SCTP_NONE)
#define RJ (STATE_SCTP_REJECTED - STATE_SCTP_NONE)
#define CL (STATE_SCTP_CLOSED - STATE_SCTP_NONE)

/* The next state by view, chunk and state, all from STATE_SCTP_NONE on. */
static const __u8 sctp_next[TCP_VIEWS + 1][SCTP_CHUNKS][16] = {
    [VIEW_CLIENT] = {
        /*                            NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
        [CHUNK_DATA]               = {ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_INIT]               = {I1, IN, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, IN, IN},
        [CHUNK_INIT_ACK]           = {CW, CW, CW, CS, CR, CO, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ECHO]        = {CR, IN, IN, CR, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ACK]         = {ES, I1, IN, CS, CR, CW, CO, ES, ES, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN]           = {SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN_ACK]       = {CL, IN, IN, CS, CR, CW, CO, CE, ES, CL, SR, CL, RJ, CL},
        [CHUNK_SHUTDOWN_COMPLETE]  = {CL, CL, CL, CS, CR, CW, CO, CE, ES, SS, SR, CL, RJ, CL},
        [CHUNK_ERROR]              = {CL, I1, IN, CS, CR, CW, CO, CL, ES, SS, SR, SA, RJ, CL},
        [CHUNK_ABORT]              = {CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL},
    },
    [VIEW_SERVER] = {
        /*                            NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
        [CHUNK_DATA]               = {ES, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_INIT]               = {CW, CW, CW, CW, CW, CW, CW, CW, ES, CW, CW, CW, CW, CW},
        [CHUNK_INIT_ACK]           = {CS, CS, CS, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ECHO]        = {CE, CE, CE, CE, CE, CE, CE, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ACK]         = {ES, ES, ES, ES, ES, ES, ES, ES, ES, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN]           = {SS, SS, SS, SS, SS, SS, SS, SS, SS, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN_ACK]       = {SA, SA, SA, SA, SA, CW, CO, CE, ES, SA, SA, SA, RJ, CL},
        [CHUNK_SHUTDOWN_COMPLETE]  = {CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_ERROR]              = {CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_ABORT]              = {CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL, CL},
    },
    [VIEW_ONE_WAY] = {
        /*                            NO  I1  IN  CS  CR  CW  CO  CE  ES  SS  SR  SA  RJ  CL */
        [CHUNK_DATA]               = {ES, I1, IN, CS, CR, ES, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_INIT]               = {I1, IN, IN, IN, IN, IN, CO, CE, ES, SS, SR, SA, IN, IN},
        [CHUNK_INIT_ACK]           = {CE, CE, CE, CE, CE, CE, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ECHO]        = {ES, ES, ES, ES, ES, ES, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_COOKIE_ACK]         = {ES, I1, IN, ES, ES, CW, ES, ES, ES, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN]           = {SR, I1, IN, CS, CR, CW, CO, CE, SR, SS, SR, SA, RJ, CL},
        [CHUNK_SHUTDOWN_ACK]       = {CL, IN, IN, CS, CR, CW, CO, CE, CL, CL, SR, CL, RJ, CL},
        [CHUNK_SHUTDOWN_COMPLETE]  = {CL, CL, CL, CL, CL, CW, CO, CE, ES, SS, CL, CL, RJ, CL},
        [CHUNK_ERROR]              = {CL, I1, IN, CS, CR, CW, CO, CE, ES, SS, SR, SA, RJ, CL},
        [CHUNK_ABORT]              = {CL, CL, CL, CL, CL, RJ, CL, CL, CL, CL, CL, CL, CL, CL},
    },
};

#undef NO
#undef I1
#undef IN
#undef CS
#undef CR
#undef CW
#undef CO
#undef CE
#undef ES
#undef SS
#undef SR
#undef SA
#undef RJ
#undef CL

/* The state after a packet. */
static __always_inline __u32 sctp_after(__u32 state, __u32 view, __u32 chunk)
{
    __u32 from = state - STATE_SCTP_NONE;

    if (view >= TCP_VIEWS || chunk >= SCTP_CHUNKS || from > STATE_SCTP_CLOSED - STATE_SCTP_NONE)
        return state;
    barrier_var(view); /* the verifier of 6.1 needs to see all bounds */
    barrier_var(chunk);
    barrier_var(from);
    return STATE_SCTP_NONE + sctp_next[view & 3][chunk & (SCTP_CHUNKS - 1)][from & 15];
}

#define CRC32C 0x82f63b78 /* the polynomial, least power first */

/* x to the power of 8 * 2^i modulo the polynomial: by these a CRC steps over 2^i bytes of zeros. */
static const __u32 crc_steps[16] = {
    0x00800000, 0x00008000, 0x82f63b78, 0x6ea2d55c, 0x18b8ea18, 0x510ac59a, 0xb82be955, 0xb8fdb1e7,
    0x88e56f72, 0x74c360a4, 0xe4172b16, 0x0d65762a, 0x35d73a62, 0x28461564, 0xbf455269, 0xe2ea32dc,
};

/* The product of two polynomials modulo CRC32C. */
static __always_inline __u32 crc_multiply(__u32 a, __u32 b)
{
    __u32 product = 0;

    for (int i = 0; i < 32; i++) {
        product ^= b & -(a >> 31);
        a <<= 1;
        b = b >> 1 ^ (CRC32C & -(b & 1));
    }
    return product;
}

struct crc {
    __u32 value;
    __u32 zeros;
};

static long crc_step(__u32 bit, struct crc *crc)
{
    if (crc->zeros >> (bit & 15) & 1)
        crc->value = crc_multiply(crc_steps[bit & 15], crc->value);
    return 0;
}

/*
 * By what a CRC changes when its first four bytes do: it is linear, so this is the CRC of their difference with zeros
 * behind it, stepped over at the cost of the number's bits.
 *
 * @difference the bytes, the first one lowest
 * @behind how many bytes follow them, up to 65535
 */
static __always_inline __u32 crc_difference(__u32 difference, __u32 behind)
{
    struct crc crc = {.value = difference, .zeros = behind};

    for (int i = 0; i < 32; i++)
        crc.value = crc.value >> 1 ^ (CRC32C & -(crc.value & 1));
    bpf_loop(16, crc_step, &crc, 0);
    return crc.value;
}

#endif
