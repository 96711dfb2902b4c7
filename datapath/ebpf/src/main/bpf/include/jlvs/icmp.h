// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* ICMP errors that the director sends (RFC 792, 1191, 4443), as IPVS does. Traffic control only. */
#ifndef JLVS_ICMP_H
#define JLVS_ICMP_H

#include "forward.h"

#define ICMP_COST 1000000000ULL /* ns: icmp_ratelimit, one a second to one client... */
#define ICMP_BURST 6            /* ...after so many at once */

#define IPV4_ERROR_HEADERS (sizeof(struct iphdr) + sizeof(struct icmp_header))
#define IPV6_ERROR_HEADERS (sizeof(struct ipv6hdr) + sizeof(struct icmp_header))
#define MAX_QUOTED_IPV4 (576 - IPV4_ERROR_HEADERS)
#define MAX_QUOTED_IPV6 (1280 - IPV6_ERROR_HEADERS)

#define SUM_CHUNK 256
#define SUM_CHUNKS 8
#define ERROR_TOS 0xc0
#define ERROR_TTL 64

struct quote {
    __u8 bytes[SUM_CHUNK * SUM_CHUNKS + 4]; /* a last word is filled up with zeros */
};

/* Room for the checksum of a quoted packet, which is read in one go. */
TABLE(quotes, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct quote, 1, 0);

/* Whether this client may be sent another error now. */
static __always_inline int may_send_error(const struct address *client, __u64 now)
{
    struct icmp_credit *known = bpf_map_lookup_elem(&icmp_credits, client);
    struct icmp_credit credit = {.filled = now, .credit = ICMP_BURST * ICMP_COST};

    if (known) {
        credit.credit = known->credit + (now - known->filled);
        if (credit.credit > ICMP_BURST * ICMP_COST)
            credit.credit = ICMP_BURST * ICMP_COST;
    }
    if (credit.credit < ICMP_COST)
        return 0;
    credit.credit -= ICMP_COST;
    bpf_map_update_elem(&icmp_credits, client, &credit, BPF_ANY);
    return 1;
}

/* The sum of a part of the packet, negative when it can't be read. */
static __always_inline __s64 sum_of(hook *ctx, __u32 offset, __u32 length)
{
    __u32 only = 0;
    struct quote *quote = bpf_map_lookup_elem(&quotes, &only);
    __s64 sum = 0;

    if (!quote || length == 0 || length > SUM_CHUNK * SUM_CHUNKS)
        return -1;
    length = within(length, SUM_CHUNK * SUM_CHUNKS);
    if (bpf_skb_load_bytes(ctx, offset, quote, length))
        return -1;
    for (int i = 0; i < 4; i++)
        quote->bytes[length + i] = 0;
    for (int i = 0; i < SUM_CHUNKS; i++) {
        __u32 at = i * SUM_CHUNK, rest = (length - at + 3) & ~3U;

        if (at >= length)
            break;
        if (rest > SUM_CHUNK)
            rest = SUM_CHUNK;
        barrier_var(at);
        at &= SUM_CHUNK * (SUM_CHUNKS - 1);
        sum = bpf_csum_diff(0, 0, (void *)(quote->bytes + at), rest, sum);
    }
    return sum;
}

static __always_inline void swap_link_addresses(struct ethhdr *ethernet)
{
    __u8 mac[ETH_ALEN];

    __builtin_memcpy(mac, ethernet->h_dest, ETH_ALEN);
    __builtin_memcpy(ethernet->h_dest, ethernet->h_source, ETH_ALEN);
    __builtin_memcpy(ethernet->h_source, mac, ETH_ALEN);
}

/* In whose name an error is sent: the VIP's, but to a server the director's own. */
static __always_inline const struct address *error_source(const struct packet *packet)
{
    struct server *server = 0;

    if (packet->flags & PACKET_REPLY)
        server = bpf_map_lookup_elem(&servers, &packet->connection.server);
    return server ? &server->source : &packet->flow.dst;
}

static __always_inline int ipv4_error(hook *ctx, struct packet *packet)
{
    struct {
        struct iphdr ip;
        struct icmp_header icmp;
    } *header, made = {};
    __u32 quoted = packet->length < MAX_QUOTED_IPV4 ? packet->length : MAX_QUOTED_IPV4;
    __s64 sum;

    if (bpf_skb_change_tail(ctx, packet->l3 + quoted, 0))
        return -1;
    sum = sum_of(ctx, packet->l3, quoted);
    if (sum < 0 || bpf_skb_adjust_room(ctx, sizeof(made), BPF_ADJ_ROOM_MAC, 0))
        return -1;
    made.ip.version = 4;
    made.ip.ihl = 5;
    made.ip.tos = ERROR_TOS;
    made.ip.tot_len = bpf_htons(sizeof(made) + quoted);
    made.ip.id = bpf_get_prandom_u32();
    made.ip.ttl = ERROR_TTL;
    made.ip.protocol = IPPROTO_ICMP;
    made.ip.saddr = error_source(packet)->words[3];
    made.ip.daddr = packet->flow.src.words[3];
    made.ip.check = fold_sum(bpf_csum_diff(0, 0, (void *)&made.ip, sizeof(made.ip), 0));
    made.icmp.type = packet->error_type;
    made.icmp.code = packet->error_code;
    made.icmp.rest = bpf_htonl(packet->error_mtu);
    made.icmp.checksum = fold_sum(bpf_csum_diff(0, 0, (void *)&made.icmp, sizeof(made.icmp), sum));
    header = data_of(ctx) + (packet->l3 & 0xff);
    if ((void *)(header + 1) > end_of(ctx))
        return -1;
    *header = made;
    return 0;
}

/* The ICMPv6 type and code that stand for an ICMP one. */
static __always_inline void as_icmpv6(const struct packet *packet, struct icmp_header *icmp)
{
    if (packet->error_type == ICMP_TIME_EXCEEDED) {
        icmp->type = ICMPV6_TIME_EXCEED;
    } else if (packet->error_code == ICMP_FRAG_NEEDED) {
        icmp->type = ICMPV6_PKT_TOOBIG;
    } else {
        icmp->type = ICMPV6_DEST_UNREACH;
        icmp->code = packet->error_code == ICMP_PORT_UNREACH ? ICMPV6_PORT_UNREACH : ICMPV6_ADDR_UNREACH;
    }
    icmp->rest = bpf_htonl(packet->error_mtu);
}

static __always_inline int ipv6_error(hook *ctx, struct packet *packet)
{
    struct {
        struct ipv6hdr ip;
        struct icmp_header icmp;
    } *header, made = {};
    __u32 quoted = packet->length < MAX_QUOTED_IPV6 ? packet->length : MAX_QUOTED_IPV6;
    __be32 pseudo[2];
    __s64 sum;

    if (bpf_skb_change_tail(ctx, packet->l3 + quoted, 0))
        return -1;
    sum = sum_of(ctx, packet->l3, quoted);
    if (sum < 0 || bpf_skb_adjust_room(ctx, sizeof(made), BPF_ADJ_ROOM_MAC, 0))
        return -1;
    made.ip.version = 6;
    made.ip.payload_len = bpf_htons(sizeof(made.icmp) + quoted);
    made.ip.nexthdr = IPPROTO_ICMPV6;
    made.ip.hop_limit = ERROR_TTL;
    __builtin_memcpy(&made.ip.saddr, error_source(packet), sizeof(struct address));
    __builtin_memcpy(&made.ip.daddr, &packet->flow.src, sizeof(struct address));
    as_icmpv6(packet, &made.icmp);
    pseudo[0] = bpf_htonl(sizeof(made.icmp) + quoted);
    pseudo[1] = bpf_htonl(IPPROTO_ICMPV6);
    sum = bpf_csum_diff(0, 0, pseudo, sizeof(pseudo), sum);
    sum = bpf_csum_diff(0, 0, (void *)&made.ip.saddr, 2 * sizeof(struct address), sum);
    made.icmp.checksum = fold_sum(bpf_csum_diff(0, 0, (void *)&made.icmp, sizeof(made.icmp), sum));
    header = data_of(ctx) + (packet->l3 & 0xff);
    if ((void *)(header + 1) > end_of(ctx))
        return -1;
    *header = made;
    return 0;
}

/* Makes the packet in hand the ICMP error about itself, addressed to who has sent it. 0 when it may go. */
static __always_inline int make_error(hook *ctx, struct packet *packet)
{
    int failed;

    if (packet->flags & (PACKET_FRAGMENT | PACKET_ICMP_ERROR) || !may_send_error(&packet->flow.src, packet->now))
        return -1;
    if (packet->error_code == ICMP_FRAG_NEEDED && packet->error_type == ICMP_DEST_UNREACH && decrement_ttl(ctx, packet))
        return -1;
    failed = packet->flow.family == FAMILY_IPV4 ? ipv4_error(ctx, packet) : ipv6_error(ctx, packet);
    if (failed || data_of(ctx) + sizeof(struct ethhdr) > end_of(ctx))
        return -1;
    swap_link_addresses(data_of(ctx));
    return 0;
}

#endif
