// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Where packets leave, by the kernel's own routes. */
#ifndef JLVS_ROUTE_H
#define JLVS_ROUTE_H

#include "address.h"
#include "hook.h"
#include "maps.h"

#define AF_INET 2
#define AF_INET6 10

#define ROUTE_AGE (100 * 1000 * 1000ULL) /* ns */
#define SILENCE (2900 * 1000 * 1000ULL)  /* ns: as long as the kernel tries to resolve a neighbour, three seconds */
#define ASK_AGAIN (900 * 1000 * 1000ULL) /* ns */

/* Routes are looked up as for packets of the director's own: its forwarding need not be on, but for lo. */
#define LOOPBACK_IFINDEX 1

static __always_inline void route_query(struct bpf_fib_lookup *query, const struct address *to, __u8 family)
{
    query->ifindex = LOOPBACK_IFINDEX;
    query->tot_len = 1; /* asks for the MTU */
    if (family == FAMILY_IPV4) {
        query->family = AF_INET;
        query->ipv4_dst = to->words[3];
    } else {
        query->family = AF_INET6;
        __builtin_memcpy(query->ipv6_dst, to, sizeof(*to));
    }
}

/* A neighbour that does not answer is reported as IPVS's kernel does it: after a while, then at once. */
static __always_inline void note_silence(struct route *route, int is_known, __u64 now)
{
    if (is_known)
        route->silent = 0;
    else if (!route->silent)
        route->silent = now;
}

static __always_inline void route_answer(hook *ctx, struct route *route, const struct bpf_fib_lookup *answer, long result)
{
    __u32 mtu = 0;

    route->local = result == BPF_FIB_LKUP_RET_NOT_FWDED;
    route->ifindex = 0;
    if (result != BPF_FIB_LKUP_RET_SUCCESS && result != BPF_FIB_LKUP_RET_NO_NEIGH)
        return;
    route->ifindex = answer->ifindex;
    if (result == BPF_FIB_LKUP_RET_SUCCESS)
        mtu = answer->mtu_result;
    else
        bpf_check_mtu(ctx, answer->ifindex, &mtu, 0, 0);
    route->mtu = mtu;
    if (answer->family == AF_INET) {
        route->family = FAMILY_IPV4;
        address_of_ipv4(&route->nexthop, answer->ipv4_dst);
    } else {
        route->family = FAMILY_IPV6;
        address_of_ipv6(&route->nexthop, answer->ipv6_dst);
    }
}

/*
 * Whether the next hop has been asked for its link address for so long that nobody seems to be there. Once told, packets
 * ask again for a while.
 */
static __always_inline int is_silent(struct route *route, __u64 now)
{
    if (!route->silent || now - route->silent <= SILENCE)
        return 0;
    route->silent = now - SILENCE + ASK_AGAIN;
    return 1;
}

/*
 * The way to an address. Null without one; otherwise either local or with an ifindex and a next hop. Valid until the
 * program ends.
 */
static __always_inline struct route *route_to(hook *ctx, const struct address *to, __u8 family, __u64 now)
{
    __u32 slot = (to->words[0] ^ to->words[1] ^ to->words[2] ^ to->words[3]) * 0x61c88647 >> 20;
    struct route *route = bpf_map_lookup_elem(&routes, &slot);

    if (!route)
        return 0;
    if (!same_address(&route->to, to) || route->to_family != family || now - route->looked_up > ROUTE_AGE) {
        struct bpf_fib_lookup query = {};
        long result;

        if (!same_address(&route->to, to))
            route->silent = 0;
        route_query(&query, to, family);
        result = bpf_fib_lookup(ctx, &query, sizeof(query), 0);
        route_answer(ctx, route, &query, result);
        note_silence(route, result != BPF_FIB_LKUP_RET_NO_NEIGH, now);
        route->to = *to;
        route->to_family = family;
        route->looked_up = result == BPF_FIB_LKUP_RET_NO_NEIGH ? 0 : now; /* its MTU is not known yet */
    }
    return route->ifindex || route->local ? route : 0;
}

#ifdef JLVS_XDP

/* Writes the link addresses and sends. A neighbour that is not known yet is for traffic control to find. */
static __always_inline int send_along(hook *ctx, struct packet *packet, const struct route *route, __u32 length)
{
    struct bpf_fib_lookup query = {};
    struct ethhdr *ethernet = data_of(ctx);

    route_query(&query, &route->to, route->to_family);
    if (bpf_fib_lookup(ctx, &query, sizeof(query), 0) != BPF_FIB_LKUP_RET_SUCCESS)
        return PASS;
    ethernet = data_of(ctx);
    if ((void *)(ethernet + 1) > end_of(ctx))
        return DROP;
    __builtin_memcpy(ethernet->h_dest, query.dmac, ETH_ALEN);
    __builtin_memcpy(ethernet->h_source, query.smac, ETH_ALEN);
    return query.ifindex == ctx->ingress_ifindex ? XDP_TX : bpf_redirect(query.ifindex, 0);
}

#else

/* An IPv4 packet that is too long and may be cut: in pieces. Comes back only if it can't. */
static __always_inline void send_pieces(hook *ctx, struct packet *packet, const struct route *route)
{
    packet->cut_to = route->to;
    packet->cut_family = route->to_family;
    packet->cut_mtu = route->mtu;
    bpf_tail_call(ctx, &stages, STAGE_CUT);
}

/* Sends a packet of so many bytes; the kernel resolves the neighbour and writes the link header. */
static __always_inline int send_along(hook *ctx, struct packet *packet, const struct route *route, __u32 length)
{
    struct bpf_redir_neigh next = {};

    if (length > route->mtu && !(packet->flags & PACKET_DF) && !ctx->gso_size)
        send_pieces(ctx, packet, route);
    if (route->family == FAMILY_IPV4) {
        next.nh_family = AF_INET;
        next.ipv4_nh = route->nexthop.words[3];
    } else {
        next.nh_family = AF_INET6;
        __builtin_memcpy(next.ipv6_nh, &route->nexthop, sizeof(next.ipv6_nh));
    }
    return bpf_redirect_neigh(route->ifindex, &next, sizeof(next), 0);
}

#endif

#endif
