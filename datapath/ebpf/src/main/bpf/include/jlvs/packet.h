// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What is known of the packet in hand: kept for each CPU and handed from program to program through tail calls. */
#ifndef JLVS_PACKET_H
#define JLVS_PACKET_H

#include "types.h"

enum stage { STAGE_SCHEDULE, STAGE_ICMP, STAGE_ERROR, STAGE_CUT, STAGES };

#define PACKET_FRAGMENT 0x1   /* not the first: there is no layer-4 header */
#define PACKET_ICMP_ERROR 0x2 /* an ICMP error; flow is that of the quoted packet, reversed */
#define PACKET_FIRST 0x4      /* of its connection: the mode makes what it needs */
#define PACKET_EGRESS 0x8     /* seen on its way out */
#define PACKET_REPLY 0x20     /* a server's answer */
#define PACKET_DF 0x10        /* may not be fragmented: IPv4 with DF, all IPv6 */

struct packet {
    struct flow_key flow;         /* as it came */
    struct connection connection; /* a copy; out is what it is to become */
    __u64 now;                    /* ns, coarse clock */
    __u32 flags;                  /* PACKET_ */
    __u32 length;                 /* IP total length */
    __u16 l3;                     /* offsets from the start of the frame */
    __u16 l4;
    __u16 quoted;                 /* ICMP errors: offset of the quoted IP header */
    __u16 quoted_l4;
    __u8 tcp_flags; /* TCP_ */
    __u8 chunk;     /* enum sctp_chunk */
    __u8 ttl;
    __u8 tos;
    __u8 vlans; /* in the frame itself */
    /* what STAGE_ERROR answers */
    __u8 error_type;
    __u8 error_code;
    __u16 error_drop; /* enum drop */
    __u32 error_mtu;
    /* where STAGE_CUT sends */
    struct address cut_to;
    __u8 cut_family;
    __u32 cut_mtu;
};

/* Map "icmp_credits": ICMP errors to one client, as icmp_ratelimit has it. */
struct icmp_credit {
    __u64 filled; /* ns */
    __u64 credit; /* ns, each error costs a second */
};

#endif
