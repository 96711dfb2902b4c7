// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* A packet inside another: IP in IP (RFC 2003, 2473), GUE, GRE (RFC 2784). */
#ifndef JLVS_ENCAPSULATE_H
#define JLVS_ENCAPSULATE_H

#include "forward.h"
#include "tunnel.h"

#define GUE_FLOW_PORTS 0xc000 /* the outer source port tells flows apart for routers that spread by it */

/* The headers that go outside: the IP header and what follows it. */
struct outer {
    __u8 family;
    __u8 protocol;
    __u8 plain;       /* without the offloads of tunnels, which exclude what is cut into pieces afterwards */
    __u8 checksummed; /* the packet inside is whole and has a checksum, of which the outer one can be told */
    __u32 ip_size;
    __u32 size; /* of all */
    __u32 inner_length;
};

/* The sum of a pseudo header (RFC 1071, 8200), not folded. */
static __always_inline __s64 pseudo_sum(const struct address *src, const struct address *dst, __u8 family,
                                        __u8 protocol, __u32 length, __s64 sum)
{
    __be32 rest[2] = {bpf_htonl(length), bpf_htonl(protocol)};

    if (family == FAMILY_IPV4) {
        __be32 addresses[2] = {src->words[3], dst->words[3]};

        sum = bpf_csum_diff(0, 0, addresses, sizeof(addresses), sum);
    } else {
        sum = bpf_csum_diff(0, 0, (void *)src, sizeof(*src), sum);
        sum = bpf_csum_diff(0, 0, (void *)dst, sizeof(*dst), sum);
    }
    return bpf_csum_diff(0, 0, rest, sizeof(rest), sum);
}

/*
 * The sum of the packet inside without reading its payload: a transport header whose checksum is right sums up to the
 * complement of its pseudo header, and an IPv4 header to nothing.
 */
static __always_inline __s64 inner_sum(hook *ctx, struct packet *packet, __s64 sum)
{
    __u32 length = packet->length - (packet->l4 - packet->l3);
    __s64 pseudo = pseudo_sum(&packet->flow.src, &packet->flow.dst, packet->flow.family, packet->flow.protocol, length, 0);

    if (packet->flow.family == FAMILY_IPV6) {
        struct ipv6hdr *ip = data_of(ctx) + (packet->l3 & 0xff);

        if ((void *)(ip + 1) <= end_of(ctx))
            sum = bpf_csum_diff(0, 0, (void *)ip, sizeof(*ip), sum);
    }
    return sum + fold_sum((__u32)pseudo);
}

/* Whether the kernel will make several packets of this one. */
static __always_inline int is_cut_later(hook *ctx)
{
#ifdef JLVS_XDP
    return 0;
#else
    return ctx->gso_size != 0;
#endif
}

/* Whether inner_sum can be told: a whole TCP or UDP packet that has a checksum and will not be cut. */
static __always_inline int has_sum(hook *ctx, struct packet *packet)
{
    void *header = data_of(ctx) + (packet->l4 & MAX_L4);
    __sum16 *checksum = header + 6;

    if (packet->flags & (PACKET_FRAGMENT | PACKET_ICMP_ERROR) || is_cut_later(ctx))
        return 0;
    if (packet->flow.protocol == IPPROTO_TCP)
        return 1;
    return packet->flow.protocol == IPPROTO_UDP && header + 8 <= end_of(ctx) && *checksum;
}

static __always_inline void plan_outer(hook *ctx, struct packet *packet, const struct server *server,
                                       const struct route *route, struct outer *outer)
{
    outer->family = server->family;
    outer->ip_size = server->family == FAMILY_IPV4 ? sizeof(struct iphdr) : sizeof(struct ipv6hdr);
    outer->inner_length = packet->length;
    outer->checksummed = server->tunnel_flags & (TUNNEL_CHECKSUM | TUNNEL_REMOTE_CHECKSUM) && has_sum(ctx, packet);
    outer->size = outer->ip_size;
    if (server->tunnel_type == TUNNEL_GUE) {
        outer->protocol = IPPROTO_UDP;
        outer->size += sizeof(struct gue_header);
    } else if (server->tunnel_type == TUNNEL_GRE) {
        outer->protocol = IPPROTO_GRE;
        outer->size += outer->checksummed ? sizeof(struct gre_header) : 4;
    } else {
        outer->protocol = packet->flow.family == FAMILY_IPV4 ? IPPROTO_IPIP : IPPROTO_IPV6;
    }
    outer->plain = !(packet->flags & PACKET_DF) && packet->length + outer->size > route->mtu && !is_cut_later(ctx);
}

#ifdef JLVS_XDP

/* Makes room between the link header and the packet. */
static __always_inline int make_room(hook *ctx, struct packet *packet, const struct outer *outer)
{
    struct ethhdr ethernet;

    if (bpf_xdp_load_bytes(ctx, 0, &ethernet, sizeof(ethernet)) || bpf_xdp_adjust_head(ctx, -(int)outer->size))
        return -1;
    ethernet.h_proto = outer->family == FAMILY_IPV4 ? bpf_htons(ETH_P_IP) : bpf_htons(ETH_P_IPV6);
    return bpf_xdp_store_bytes(ctx, 0, &ethernet, sizeof(ethernet));
}

#define hook_store(ctx, offset, bytes, length) bpf_xdp_store_bytes(ctx, offset, bytes, length)

#else

static __always_inline int make_room(hook *ctx, struct packet *packet, const struct outer *outer)
{
    __u64 flags = outer->family == FAMILY_IPV4 ? BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 : BPF_F_ADJ_ROOM_ENCAP_L3_IPV6;

    if (outer->plain)
        flags = 0;
    else if (outer->protocol == IPPROTO_UDP)
        flags |= BPF_F_ADJ_ROOM_ENCAP_L4_UDP;
    else if (outer->protocol == IPPROTO_GRE)
        flags |= BPF_F_ADJ_ROOM_ENCAP_L4_GRE;
    return bpf_skb_adjust_room(ctx, outer->size, BPF_ADJ_ROOM_MAC, flags);
}

#define hook_store(ctx, offset, bytes, length) bpf_skb_store_bytes(ctx, offset, bytes, length, 0)

#endif

/* TTL, TOS and DF are those of the packet inside; an id only where it may be fragmented. */
static __always_inline int write_outer_ip(hook *ctx, struct packet *packet, const struct server *server,
                                          const struct outer *outer)
{
    __u32 length = outer->size + outer->inner_length;

    if (outer->family == FAMILY_IPV4) {
        int df = packet->flags & PACKET_DF;
        struct iphdr ip = {
            .version = 4, .ihl = 5, .tos = packet->tos, .tot_len = bpf_htons(length), .ttl = packet->ttl,
            .id = df ? 0 : bpf_get_prandom_u32(), .frag_off = df ? bpf_htons(IP_DF) : 0,
            .protocol = outer->protocol, .saddr = server->source.words[3], .daddr = server->address.words[3],
        };

        ip.check = fold_sum((__u32)bpf_csum_diff(0, 0, (void *)&ip, sizeof(ip), 0));
        return hook_store(ctx, packet->l3, &ip, sizeof(ip));
    }
    struct ipv6hdr ip = {
        .version = 6, .priority = packet->tos >> 4, .flow_lbl = {(packet->tos & 0xf) << 4},
        .payload_len = bpf_htons(length - sizeof(ip)), .nexthdr = outer->protocol, .hop_limit = packet->ttl,
    };

    __builtin_memcpy(&ip.saddr, &server->source, sizeof(struct address));
    __builtin_memcpy(&ip.daddr, &server->address, sizeof(struct address));
    return hook_store(ctx, packet->l3, &ip, sizeof(ip));
}

static __always_inline int write_gue(hook *ctx, struct packet *packet, const struct server *server,
                                     const struct outer *outer, __s64 inside)
{
    __u32 length = sizeof(struct gue_header) + outer->inner_length;
    struct gue_header gue = {
        .source = bpf_htons(GUE_FLOW_PORTS | ((packet->flow.sport ^ packet->flow.src.words[3]) & 0x3fff)),
        .dest = server->tunnel_port,
        .length = bpf_htons(length),
        .protocol = packet->flow.family == FAMILY_IPV4 ? IPPROTO_IPIP : IPPROTO_IPV6,
    };

    if (outer->checksummed) {
        __s64 sum = bpf_csum_diff(0, 0, (void *)&gue, sizeof(gue), inside);

        sum = pseudo_sum(&server->source, &server->address, server->family, IPPROTO_UDP, length, (__u32)sum);
        gue.checksum = fold_sum((__u32)sum);
        if (!gue.checksum)
            gue.checksum = 0xffff;
    }
    return hook_store(ctx, packet->l3 + outer->ip_size, &gue, sizeof(gue));
}

static __always_inline int write_gre(hook *ctx, struct packet *packet, const struct outer *outer, __s64 inside)
{
    struct gre_header gre = {
        .protocol = packet->flow.family == FAMILY_IPV4 ? bpf_htons(ETH_P_IP) : bpf_htons(ETH_P_IPV6),
    };

    if (!outer->checksummed)
        return hook_store(ctx, packet->l3 + outer->ip_size, &gre, 4);
    gre.flags = bpf_htons(GRE_HAS_CHECKSUM);
    gre.checksum = fold_sum((__u32)bpf_csum_diff(0, 0, (void *)&gre, sizeof(gre), inside));
    return hook_store(ctx, packet->l3 + outer->ip_size, &gre, sizeof(gre));
}

/* Puts the packet, whose TTL is right already, into another one to the server. 0, or negative when it can't be. */
static __always_inline int encapsulate(hook *ctx, struct packet *packet, const struct server *server,
                                       const struct outer *outer)
{
    __s64 inside = outer->checksummed ? (__u32)inner_sum(ctx, packet, 0) : 0;

    if (make_room(ctx, packet, outer) || write_outer_ip(ctx, packet, server, outer))
        return -1;
    if (outer->protocol == IPPROTO_UDP)
        return write_gue(ctx, packet, server, outer, inside);
    if (outer->protocol == IPPROTO_GRE)
        return write_gre(ctx, packet, outer, inside);
    return 0;
}

#endif
