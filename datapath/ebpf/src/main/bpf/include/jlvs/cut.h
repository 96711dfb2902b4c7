// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Fragmentation (RFC 791) of what is too long for its way and may be cut. The kernel does it for packets that it routes
 * itself, not for those that a program sends. Traffic control only.
 */
#ifndef JLVS_CUT_H
#define JLVS_CUT_H

#include "forward.h"

#define LONGEST 16384 /* bytes behind the IP header that can be cut: more than a jumbo frame has */
#define LONGEST_PIECE 2048
#define MOST_PIECES 18

struct datagram {
    __u8 bytes[LONGEST + LONGEST_PIECE];
};

TABLE(datagrams, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct datagram, 1, 0);

struct piece {
    __u32 at; /* in the datagram */
    __u32 length;
    __u16 position; /* the fragment field, host byte order */
};

/* Writes the link addresses of the way. The interface, or 0 when the neighbour is not known. */
static __always_inline __u32 write_link(hook *ctx, const struct packet *packet)
{
    struct bpf_fib_lookup query = {};
    struct ethhdr *ethernet;

    route_query(&query, &packet->cut_to, packet->cut_family);
    if (bpf_fib_lookup(ctx, &query, sizeof(query), 0) != BPF_FIB_LKUP_RET_SUCCESS)
        return 0;
    ethernet = data_of(ctx);
    if ((void *)(ethernet + 1) > end_of(ctx))
        return 0;
    __builtin_memcpy(ethernet->h_dest, query.dmac, ETH_ALEN);
    __builtin_memcpy(ethernet->h_source, query.smac, ETH_ALEN);
    ethernet->h_proto = bpf_htons(ETH_P_IP);
    return query.ifindex;
}

/* Makes the packet in hand this piece of the datagram. */
static __always_inline int write_piece(hook *ctx, struct packet *packet, const struct datagram *datagram,
                                       const struct piece *piece)
{
    __u32 from = packet->l3 + sizeof(struct iphdr), at = piece->at, length = piece->length;
    struct iphdr *ip;

    if (length == 0 || length > LONGEST_PIECE || at >= LONGEST)
        return -1;
    length = within(length, LONGEST_PIECE);
    barrier_var(at);
    at &= LONGEST - 1;
    if (bpf_skb_change_tail(ctx, from + length, 0) || bpf_skb_store_bytes(ctx, from, datagram->bytes + at, length, 0))
        return -1;
    ip = data_of(ctx) + (packet->l3 & 0xff);
    if ((void *)(ip + 1) > end_of(ctx))
        return -1;
    ip->tot_len = bpf_htons(length + sizeof(*ip));
    ip->frag_off = bpf_htons(piece->position);
    ip->check = 0;
    ip->check = fold_sum((__u32)bpf_csum_diff(0, 0, (void *)ip, sizeof(*ip), 0));
    return 0;
}

/* Cuts the packet into pieces and sends all but the last, which is in hand afterwards. The interface, or 0. */
static __always_inline __u32 cut_up(hook *ctx, struct packet *packet)
{
    __u32 only = 0, ifindex, whole, most = (packet->cut_mtu - sizeof(struct iphdr)) & ~7U;
    struct datagram *datagram = bpf_map_lookup_elem(&datagrams, &only);
    struct piece piece = {};
    __u16 position;
    struct iphdr *ip;

    ip = data_of(ctx) + (packet->l3 & 0xff);
    if (!datagram || (void *)(ip + 1) > end_of(ctx) || ip->version != 4 || ip->ihl != 5)
        return 0;
    position = bpf_ntohs(ip->frag_off);
    whole = bpf_ntohs(ip->tot_len) - sizeof(*ip);
    if (whole == 0 || whole > LONGEST || bpf_skb_load_bytes(ctx, packet->l3 + sizeof(*ip), datagram, within(whole, LONGEST)))
        return 0;
    ifindex = write_link(ctx, packet);
    for (int i = 0; i < MOST_PIECES && ifindex; i++) {
        __u32 rest = whole - piece.at;

        piece.length = rest > most ? most : rest;
        piece.position = position + piece.at / 8;
        if (rest > most)
            piece.position |= IP_MF;
        if (write_piece(ctx, packet, datagram, &piece))
            return 0;
        if (rest <= most)
            return ifindex;
        if (bpf_clone_redirect(ctx, ifindex, 0))
            return 0;
        piece.at += most;
    }
    return 0;
}

#endif
