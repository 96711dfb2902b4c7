// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* ICMP on the wire, of both families. */
#ifndef JLVS_ICMP_HEADER_H
#define JLVS_ICMP_HEADER_H

#include <linux/types.h>

/* The C library's headers want more than a BPF target has: the few names of linux/icmp.h and linux/icmpv6.h. */
#define ICMP_DEST_UNREACH 3
#define ICMP_SOURCE_QUENCH 4
#define ICMP_TIME_EXCEEDED 11
#define ICMP_HOST_UNREACH 1
#define ICMP_PORT_UNREACH 3
#define ICMP_FRAG_NEEDED 4
#define ICMP_EXC_TTL 0
#define ICMPV6_DEST_UNREACH 1
#define ICMPV6_PKT_TOOBIG 2
#define ICMPV6_TIME_EXCEED 3
#define ICMPV6_PARAMPROB 4
#define ICMPV6_ADDR_UNREACH 3
#define ICMPV6_PORT_UNREACH 4

struct icmp_header {
    __u8 type;
    __u8 code;
    __sum16 checksum;
    __be32 rest; /* the MTU, in its last two bytes for IPv4 */
};

#endif
