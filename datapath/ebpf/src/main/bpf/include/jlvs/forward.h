// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The kit of a mode program: what every way of forwarding does. */
#ifndef JLVS_FORWARD_H
#define JLVS_FORWARD_H

#include "connection.h"
#include "route.h"

#ifdef JLVS_XDP

/* Anything out of the ordinary is for traffic control; nothing was changed yet. */
static __always_inline int answer_error(hook *ctx, struct packet *packet, __u8 type, __u8 code, __u32 mtu, __u32 drop)
{
    return PASS;
}

static __always_inline int untag(hook *ctx, struct packet *packet)
{
    return packet->vlans ? -1 : 0;
}

static __always_inline int fits(hook *ctx, struct packet *packet, __u32 mtu)
{
    return packet->length <= mtu;
}

#else

/* Answers the sender with an ICMP error instead of forwarding. Codes are ICMP's (v4); STAGE_ERROR knows ICMPv6's. */
static __always_inline int answer_error(hook *ctx, struct packet *packet, __u8 type, __u8 code, __u32 mtu, __u32 drop)
{
    packet->error_type = type;
    packet->error_code = code;
    packet->error_mtu = mtu;
    packet->error_drop = drop;
    bpf_tail_call(ctx, &stages, STAGE_ERROR);
    return dropped(drop);
}

/* Takes the VLAN tags off: they were for the way here, the route's interface adds its own. */
static __always_inline int untag(hook *ctx, struct packet *packet)
{
    if (ctx->vlan_present && bpf_skb_vlan_pop(ctx))
        return -1;
    for (int i = 0; i < MAX_VLANS && packet->vlans; i++) {
        if (bpf_skb_vlan_pop(ctx))
            return -1;
        packet->vlans--;
        packet->l3 -= sizeof(struct vlan_header);
        packet->l4 -= sizeof(struct vlan_header);
        packet->quoted -= sizeof(struct vlan_header);
        packet->quoted_l4 -= sizeof(struct vlan_header);
    }
    return 0;
}

/* Whether a packet, or each segment that it will be cut into, fits. */
static __always_inline int fits(hook *ctx, struct packet *packet, __u32 mtu)
{
    if (!ctx->gso_size)
        return packet->length <= mtu;
    return ctx->gso_size + (packet->l4 - packet->l3) + 20 <= mtu;
}

#endif

/*
 * The way of the packet in hand, null without one. The kernel's look-up says the same of an address that is the director's
 * own and of one that no route leads to: for servers Java has found out which.
 */
static __always_inline struct route *way_of(hook *ctx, struct packet *packet)
{
    struct route *route = route_to(ctx, &packet->connection.out.dst, packet->connection.out.family, packet->now);
    struct server *server;

    if (!route || !route->local || packet->connection.flags & CONNECTION_REPLY)
        return route;
    server = bpf_map_lookup_elem(&servers, &packet->connection.server);
    return server && same_address(&server->source, &server->address) ? route : 0;
}

static __always_inline int unreachable(hook *ctx, struct packet *packet)
{
    return answer_error(ctx, packet, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, 0, DROP_NO_ROUTE);
}

/*
 * What stands in the way of a packet: a next hop that is not there, a TTL that ends here, or an MTU that is too small for it with what the mode adds.
 * 0 when nothing does, else the answer is given and *verdict is the program's result.
 */
static __always_inline int blocked(hook *ctx, struct packet *packet, struct route *route, __u32 overhead,
                                   int *verdict)
{
    if (is_silent(route, packet->now)) {
        *verdict = unreachable(ctx, packet);
        return 1;
    }
    if (packet->ttl <= 1) {
        *verdict = answer_error(ctx, packet, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0, DROP_TTL);
        return 1;
    }
    if (route->mtu > overhead && (packet->flags & PACKET_DF) && !fits(ctx, packet, route->mtu - overhead)) {
        *verdict = answer_error(ctx, packet, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, route->mtu - overhead, DROP_TOO_BIG);
        return 1;
    }
    return 0;
}

/* A sum of 16-bit words as a checksum (RFC 1071). */
static __always_inline __sum16 fold_sum(__u64 sum)
{
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return ~((sum & 0xffff) + (sum >> 16));
}

/* RFC 1624: a checksum after a 16-bit word has changed, all in network byte order. */
static __always_inline __sum16 checksum_after(__sum16 checksum, __be16 from, __be16 to)
{
    __u32 sum = (__u16)~checksum + (__u16)~from + to;

    sum = (sum & 0xffff) + (sum >> 16);
    return ~((sum & 0xffff) + (sum >> 16));
}

/* One hop further: TTL, or hop limit, less one. 0, or negative when the header can't be reached. */
static __always_inline int decrement_ttl(hook *ctx, struct packet *packet)
{
    void *header = data_of(ctx) + (packet->l3 & 0xff);

    if (packet->flow.family == FAMILY_IPV4) {
        struct iphdr *ip = header;

        if ((void *)(ip + 1) > end_of(ctx))
            return -1;
        ip->ttl--;
        ip->check = checksum_after(ip->check, bpf_htons(0x0100), 0);
    } else {
        struct ipv6hdr *ip = header;

        if ((void *)(ip + 1) > end_of(ctx))
            return -1;
        ip->hop_limit--;
    }
    packet->ttl--;
    return 0;
}

#endif
