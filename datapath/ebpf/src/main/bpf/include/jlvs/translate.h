// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Network address translation (RFC 3022): the packet's flow becomes packet->connection.out, checksums with it. For modes
 * that bring the answers back through the director.
 */
#ifndef JLVS_TRANSLATE_H
#define JLVS_TRANSLATE_H

#include "forward.h"

/* What changes, as checksums see it: sums of 16-bit words, folded to 32 bits. */
struct difference {
    __u32 addresses;
    __u32 ports;
};

static __always_inline __u32 fold_once(__u64 sum)
{
    sum = (sum & 0xffffffff) + (sum >> 32);
    return (sum & 0xffffffff) + (sum >> 32);
}

/* By how much a sum changes when one word becomes another (RFC 1624). */
static __always_inline __u64 word_difference(__be32 from, __be32 to)
{
    return (__u64)(__u32)~from + to;
}

/* The first words of an IPv4 address are always the same. */
static __always_inline __u64 address_difference(const struct address *from, const struct address *to, __u8 family)
{
    __u64 sum = word_difference(from->words[3], to->words[3]);

    if (family == FAMILY_IPV6)
        for (int i = 0; i < 3; i++)
            sum += word_difference(from->words[i], to->words[i]);
    return sum;
}

static __always_inline void differ(struct difference *difference, const struct flow_key *from,
                                   const struct flow_key *to)
{
    difference->addresses = fold_once(address_difference(&from->src, &to->src, from->family) +
                                      address_difference(&from->dst, &to->dst, from->family));
    difference->ports = fold_once(word_difference(from->sport, to->sport) + word_difference(from->dport, to->dport));
}

/* Where the transport's checksum lies behind its header's start; 0 for none. */
static __always_inline __u32 checksum_offset(__u8 protocol)
{
    return protocol == IPPROTO_TCP ? 16 : protocol == IPPROTO_UDP ? 6 : 0;
}

/* Writes addresses into an IP header, whose own checksum is right again afterwards. */
static __always_inline int write_addresses(hook *ctx, __u32 offset, struct flow_key *to)
{
    void *header = data_of(ctx) + (offset & 0x3ff);

    if (to->family == FAMILY_IPV4) {
        struct iphdr *ip = header;

        if ((void *)(ip + 1) > end_of(ctx))
            return -1;
        ip->check = fold_sum((__u16)~ip->check + (__u64)fold_once(word_difference(ip->saddr, to->src.words[3]) +
                                                                  word_difference(ip->daddr, to->dst.words[3])));
        ip->saddr = to->src.words[3];
        ip->daddr = to->dst.words[3];
    } else {
        struct ipv6hdr *ip = header;

        if ((void *)(ip + 1) > end_of(ctx))
            return -1;
        __builtin_memcpy(&ip->saddr, &to->src, sizeof(struct address));
        __builtin_memcpy(&ip->daddr, &to->dst, sizeof(struct address));
    }
    return 0;
}

static __always_inline int write_ports(hook *ctx, const struct packet *packet)
{
    __be16 *ports = data_of(ctx) + (packet->l4 & MAX_L4);

    if ((void *)(ports + 2) > end_of(ctx))
        return -1;
    ports[0] = packet->connection.out.sport;
    ports[1] = packet->connection.out.dport;
    return 0;
}

#ifdef JLVS_XDP

/* A driver hands over whole checksums. UDP's 0 says that there is none. */
static __always_inline int write_checksum(hook *ctx, struct packet *packet, const struct difference *difference)
{
    __sum16 *checksum = data_of(ctx) + (packet->l4 & MAX_L4) + checksum_offset(packet->flow.protocol);

    if ((void *)(checksum + 1) > end_of(ctx))
        return -1;
    if (packet->flow.protocol == IPPROTO_UDP && !*checksum)
        return 0;
    *checksum = fold_sum((__u16)~*checksum + (__u64)difference->addresses + difference->ports);
    if (packet->flow.protocol == IPPROTO_UDP && !*checksum)
        *checksum = 0xffff;
    return 0;
}

#else

/*
 * SCTP's checksum covers the ports and what follows, no address. One that is 0 is left to the device, or to the kernel, who
 * wants to find it so.
 */
static __always_inline int write_crc(hook *ctx, struct packet *packet)
{
    const struct flow_key *from = &packet->flow, *to = &packet->connection.out;
    __u32 difference = (from->sport ^ to->sport) | (__u32)(from->dport ^ to->dport) << 16;
    __u32 at = packet->l4 + 8, crc;

    if (!difference || bpf_skb_load_bytes(ctx, at, &crc, sizeof(crc)) || !crc)
        return 0;
    crc ^= crc_difference(difference, packet->length - (packet->l4 - packet->l3) - 4);
    return bpf_skb_store_bytes(ctx, at, &crc, sizeof(crc), 0) || hook_pull(ctx, packet->l4 + 12);
}

/* The helper knows which checksums the sender has left to the device. */
static __always_inline int write_checksum(hook *ctx, struct packet *packet, const struct difference *difference)
{
    __u32 at = packet->l4 + checksum_offset(packet->flow.protocol);
    __u64 mangled = packet->flow.protocol == IPPROTO_UDP ? BPF_F_MARK_MANGLED_0 : 0;

    if (packet->flow.protocol == IPPROTO_SCTP)
        return write_crc(ctx, packet);
    if (bpf_l4_csum_replace(ctx, at, 0, difference->addresses, BPF_F_PSEUDO_HDR | mangled))
        return -1;
    if (packet->flow.sport == packet->connection.out.sport && packet->flow.dport == packet->connection.out.dport)
        return 0;
    return bpf_l4_csum_replace(ctx, at, 0, difference->ports, mangled);
}

/*
 * An ICMP error: the quoted packet becomes what its sender had sent, and the error itself goes where that one came
 * from. The quoted IP header's checksum makes up for its addresses, so the error's own sees the ports alone.
 */
static __always_inline int translate_error(hook *ctx, struct packet *packet)
{
    struct flow_key quoted, outer = packet->connection.out;
    __u32 checksum = packet->l4 + 2;
    __be16 from_ports[2], to_ports[2];
    __s64 sum;

    reverse(&quoted, &packet->connection.out);
    to_ports[0] = quoted.sport;
    to_ports[1] = quoted.dport;
    if (!(packet->connection.flags & CONNECTION_REPLY))
        outer.src = packet->flow.src;
    if (bpf_skb_load_bytes(ctx, packet->quoted_l4, from_ports, 4))
        return -1;
    sum = bpf_csum_diff((void *)from_ports, 4, (void *)to_ports, 4, 0);
    if (packet->flow.family == FAMILY_IPV6) {
        struct ipv6hdr ip;

        if (bpf_skb_load_bytes(ctx, packet->quoted, &ip, sizeof(ip)))
            return -1;
        sum = bpf_csum_diff((void *)&ip.saddr, 32, (void *)&quoted.src, 32, sum);
        if (bpf_l4_csum_replace(ctx, checksum, 0,
                                bpf_csum_diff((void *)&packet->flow.src, 32, (void *)&outer.src, 32, 0),
                                BPF_F_PSEUDO_HDR))
            return -1;
    }
    if (bpf_l4_csum_replace(ctx, checksum, 0, sum, 0) ||
        bpf_skb_store_bytes(ctx, packet->quoted_l4, to_ports, 4, 0) ||
        hook_pull(ctx, packet->quoted_l4 + 8))
        return -1;
    return write_addresses(ctx, packet->quoted, &quoted) || write_addresses(ctx, packet->l3, &outer) ? -1 : 0;
}

#endif

/* Translates the packet. 0, or negative when it can't be written. */
static __always_inline int translate(hook *ctx, struct packet *packet)
{
    struct difference difference;

#ifndef JLVS_XDP
    if (packet->flags & PACKET_ICMP_ERROR)
        return translate_error(ctx, packet);
#endif
    differ(&difference, &packet->flow, &packet->connection.out);
    if (!(packet->flags & PACKET_FRAGMENT) &&
        (write_checksum(ctx, packet, &difference) || write_ports(ctx, packet)))
        return -1;
    return write_addresses(ctx, packet->l3, &packet->connection.out);
}

/*
 * Makes the entry of the way back: what comes as the reverse of packet->connection.out leaves as the reverse of the
 * client's flow. With BPF_NOEXIST it fails when another connection has that way back.
 */
static __always_inline int keep_reply(struct packet *packet, int is_local, __u64 exclusively)
{
    struct connection *connection = bpf_map_lookup_elem(&connections, &packet->flow), reply = {};
    struct flow_key back;

    if (!connection)
        return -1;
    reverse(&back, &packet->connection.out);
    reverse(&reply.out, &packet->flow);
    reply.last_seen = packet->now;
    reply.service = packet->connection.service;
    reply.server = packet->connection.server;
    reply.mode = packet->connection.mode;
    reply.flags = CONNECTION_REPLY | (is_local ? CONNECTION_LOCAL : 0);
    if (bpf_map_update_elem(&connections, &back, &reply, exclusively))
        return -1;
    connection->out = packet->connection.out;
    __sync_fetch_and_or(&connection->flags, CONNECTION_HAS_REPLY);
    if (connection->state == STATE_SYNACK) { /* with secure_tcp it began one way */
        struct settings *settings = the_settings();

        connection->state = STATE_SYN_RECV;
        if (settings)
            renew(connection, settings, packet->now);
    }
    return 0;
}

#endif
