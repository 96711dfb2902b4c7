// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What stands between the outer IP header and the packet inside: GUE (variant 0, with its UDP header), GRE (RFC 2784). */
#ifndef JLVS_TUNNEL_H
#define JLVS_TUNNEL_H

#include <linux/types.h>

#define GRE_HAS_CHECKSUM 0x8000

struct gre_header {
    __be16 flags;
    __be16 protocol; /* EtherType */
    __sum16 checksum; /* these two only with GRE_HAS_CHECKSUM */
    __be16 zero;
};

struct gue_header {
    __be16 source;
    __be16 dest;
    __be16 length;
    __sum16 checksum;
    __u8 variant; /* variant, control bit and length of the options: all 0 */
    __u8 protocol;
    __be16 flags;
};

#endif
