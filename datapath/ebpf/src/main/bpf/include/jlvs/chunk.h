// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* SCTP on the wire, as far as a director looks at it. */
#ifndef JLVS_CHUNK_H
#define JLVS_CHUNK_H

#include <linux/types.h>

/* What SCTP's first chunk says; all that carry no news are data. */
enum sctp_chunk {
    CHUNK_DATA,
    CHUNK_INIT,
    CHUNK_INIT_ACK,
    CHUNK_COOKIE_ECHO,
    CHUNK_COOKIE_ACK,
    CHUNK_SHUTDOWN,
    CHUNK_SHUTDOWN_ACK,
    CHUNK_SHUTDOWN_COMPLETE,
    CHUNK_ERROR,
    CHUNK_ABORT,
    SCTP_CHUNKS = 16
};

/* The common header and the beginning of the first chunk (RFC 9260, 3.1 and 3.2). */
struct sctp_header {
    __be16 source;
    __be16 dest;
    __be32 tag;
    __le32 checksum;
    __u8 type;
    __u8 flags;
    __be16 length;
};

static __always_inline __u8 chunk_of(__u8 type)
{
    switch (type) {
    case 1: return CHUNK_INIT;
    case 2: return CHUNK_INIT_ACK;
    case 6: return CHUNK_ABORT;
    case 7: return CHUNK_SHUTDOWN;
    case 8: return CHUNK_SHUTDOWN_ACK;
    case 9: return CHUNK_ERROR;
    case 10: return CHUNK_COOKIE_ECHO;
    case 11: return CHUNK_COOKIE_ACK;
    case 14: return CHUNK_SHUTDOWN_COMPLETE;
    default: return CHUNK_DATA;
    }
}

#endif
