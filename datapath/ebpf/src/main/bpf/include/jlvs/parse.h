// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * From the bytes of a frame to its flow: a cursor and one function for each header. Every function returns the next
 * protocol, or a negative enum parsed when it ends there.
 */
#ifndef JLVS_PARSE_H
#define JLVS_PARSE_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include "address.h"
#include "chunk.h"
#include "hook.h"
#include "icmp_header.h"

enum parsed {
    PARSED_FLOW,
    PARSED_ICMP = -1,      /* an ICMP error: the flow is not looked at yet */
    PARSED_OTHER = -2,     /* nothing that is balanced */
    PARSED_SHORT = -3,     /* the bytes at hand end too early */
    PARSED_MALFORMED = -4, /* no host would take it */
};

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10

#define IP_MF 0x2000
#define IP_OFFSET 0x1fff
#define IP_DF 0x4000

#define MAX_VLANS 2
#define MAX_L4 0x3ff /* offset of the transport header; all ones, for it is a mask as well */
#define MAX_IPV6_OPTIONS 4

struct cursor {
    void *at;
    void *end;
};

struct vlan_header {
    __be16 tci;
    __be16 protocol;
};

struct ipv6_option {
    __u8 next;
    __u8 length; /* in 8 bytes, without the first 8 */
};

struct ipv6_fragment {
    __u8 next;
    __u8 zero;
    __be16 offset; /* in 8 bytes, shifted by 3; the last bit says that more follow */
    __be32 id;
};

/* What a fragment is known by. */
struct fragmented {
    __u32 id;
    __u8 is;   /* a fragment at all */
    __u8 later; /* not the first */
};

#define TAKE(cursor, type)                                                                                             \
    ({                                                                                                                 \
        type *header = (cursor)->at;                                                                                   \
        (void *)(header + 1) > (cursor)->end ? (type *)0 : ((cursor)->at = header + 1, header);                        \
    })

static __always_inline int parse_ethernet(struct cursor *cursor, struct packet *packet)
{
    struct ethhdr *ethernet = TAKE(cursor, struct ethhdr);
    __be16 protocol;

    if (!ethernet)
        return PARSED_SHORT;
    protocol = ethernet->h_proto;
    packet->l3 = sizeof(*ethernet);
    packet->vlans = 0;
#pragma unroll
    for (int i = 0; i < MAX_VLANS; i++) {
        struct vlan_header *vlan;

        if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD))
            break;
        vlan = TAKE(cursor, struct vlan_header);
        if (!vlan)
            return PARSED_SHORT;
        protocol = vlan->protocol;
        packet->l3 += sizeof(*vlan);
        packet->vlans++;
    }
    return bpf_ntohs(protocol);
}

static __always_inline int parse_ipv4(struct cursor *cursor, struct packet *packet, struct fragmented *fragmented)
{
    struct iphdr *ip = TAKE(cursor, struct iphdr);
    __u32 header;

    if (!ip)
        return PARSED_SHORT;
    header = ip->ihl * 4;
    if (ip->version != 4 || header < sizeof(*ip) || bpf_ntohs(ip->tot_len) < header)
        return PARSED_MALFORMED;
    if (header > sizeof(*ip)) {
        cursor->at = (void *)ip + (header & 0x3c);
        if (cursor->at > cursor->end)
            return PARSED_SHORT;
    }
    address_of_ipv4(&packet->flow.src, ip->saddr);
    address_of_ipv4(&packet->flow.dst, ip->daddr);
    packet->flow.family = FAMILY_IPV4;
    packet->length = bpf_ntohs(ip->tot_len);
    packet->l4 = packet->l3 + header;
    packet->ttl = ip->ttl;
    packet->tos = ip->tos;
    packet->flags = ip->frag_off & bpf_htons(IP_DF) ? PACKET_DF : 0;
    fragmented->is = (ip->frag_off & bpf_htons(IP_MF | IP_OFFSET)) != 0;
    fragmented->later = (ip->frag_off & bpf_htons(IP_OFFSET)) != 0;
    fragmented->id = ip->id;
    return ip->protocol;
}

/* Steps over one IPv6 extension header, if there is one. */
static __always_inline int parse_ipv6_option(struct cursor *cursor, int protocol, struct fragmented *fragmented)
{
    if (protocol == IPPROTO_FRAGMENT) {
        struct ipv6_fragment *fragment = TAKE(cursor, struct ipv6_fragment);

        if (!fragment)
            return PARSED_SHORT;
        fragmented->is = 1;
        fragmented->later = (fragment->offset & bpf_htons(0xfff8)) != 0;
        fragmented->id = fragment->id;
        return fragment->next;
    }
    if (protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_ROUTING || protocol == IPPROTO_DSTOPTS) {
        struct ipv6_option *option = TAKE(cursor, struct ipv6_option);

        if (!option)
            return PARSED_SHORT;
        cursor->at = (void *)option + 8 + (__u32)option->length * 8;
        return cursor->at > cursor->end ? PARSED_SHORT : option->next;
    }
    return protocol;
}

static __always_inline int parse_ipv6(struct cursor *cursor, struct packet *packet, struct fragmented *fragmented)
{
    struct ipv6hdr *ip = TAKE(cursor, struct ipv6hdr);
    int protocol;

    if (!ip)
        return PARSED_SHORT;
    if (ip->version != 6)
        return PARSED_MALFORMED;
    address_of_ipv6(&packet->flow.src, &ip->saddr);
    address_of_ipv6(&packet->flow.dst, &ip->daddr);
    packet->flow.family = FAMILY_IPV6;
    packet->length = bpf_ntohs(ip->payload_len) + sizeof(*ip);
    packet->ttl = ip->hop_limit;
    packet->tos = ip->priority << 4 | ip->flow_lbl[0] >> 4;
    packet->flags = PACKET_DF;
    *fragmented = (struct fragmented){};
    protocol = ip->nexthdr;
    packet->l4 = packet->l3 + sizeof(*ip);
    if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP ||
        protocol == IPPROTO_ICMPV6)
        return protocol;
    for (int i = 0; i < MAX_IPV6_OPTIONS && protocol >= 0 && !fragmented->later; i++)
        protocol = parse_ipv6_option(cursor, protocol, fragmented);
    packet->l4 = packet->l3 + (__u16)(cursor->at - (void *)ip);
    return protocol;
}

static __always_inline int parse_sctp(struct cursor *cursor, struct packet *packet)
{
    struct sctp_header *sctp = TAKE(cursor, struct sctp_header);

    if (!sctp)
        return PARSED_SHORT;
    packet->flow.sport = sctp->source;
    packet->flow.dport = sctp->dest;
    packet->tcp_flags = 0;
    packet->chunk = chunk_of(sctp->type);
    return PARSED_FLOW;
}

/* The ports, which TCP and UDP have in the same place, and TCP's flags. */
static __always_inline int parse_ports(struct cursor *cursor, struct packet *packet)
{
    if (packet->flow.protocol == IPPROTO_TCP) {
        struct tcphdr *tcp = TAKE(cursor, struct tcphdr);

        if (!tcp)
            return PARSED_SHORT;
        if (tcp->doff < 5)
            return PARSED_MALFORMED;
        packet->flow.sport = tcp->source;
        packet->flow.dport = tcp->dest;
        packet->tcp_flags = ((__u8 *)tcp)[13];
    } else {
        struct udphdr *udp = TAKE(cursor, struct udphdr);

        if (!udp)
            return PARSED_SHORT;
        packet->flow.sport = udp->source;
        packet->flow.dport = udp->dest;
        packet->tcp_flags = 0;
    }
    return PARSED_FLOW;
}

/* Whether an ICMP message is an error, which quotes the packet that it is about. */
static __always_inline int is_icmp_error(int protocol, __u8 type)
{
    if (protocol == IPPROTO_ICMPV6)
        return type >= ICMPV6_DEST_UNREACH && type <= ICMPV6_PARAMPROB;
    return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_TIME_EXCEEDED;
}

static __always_inline int parse_icmp(struct cursor *cursor, int protocol)
{
    struct icmp_header *icmp = TAKE(cursor, struct icmp_header);

    if (!icmp)
        return PARSED_SHORT;
    return is_icmp_error(protocol, icmp->type) ? PARSED_ICMP : PARSED_OTHER;
}

/*
 * Whether the frame holds all of the packet, and the packet its transport header: lengths in headers are the sender's
 * word only. Headers beyond MAX_L4 are out of the programs' reach.
 */
static __always_inline int is_whole(hook *ctx, const struct packet *packet, const struct fragmented *fragmented)
{
    __u32 header = packet->l4 - packet->l3;

    if (!fragmented->later)
        header += packet->flow.protocol == IPPROTO_TCP    ? sizeof(struct tcphdr)
                  : packet->flow.protocol == IPPROTO_SCTP ? sizeof(struct sctp_header)
                                                          : sizeof(struct udphdr);
    return header <= packet->length && packet->l3 + packet->length <= hook_length(ctx) && packet->l4 <= MAX_L4;
}

static __always_inline int parse_headers(hook *ctx, struct packet *packet, struct fragmented *fragmented)
{
    struct cursor cursor = {data_of(ctx), end_of(ctx)};
    int protocol = parse_ethernet(&cursor, packet);

    if (protocol == ETH_P_IP)
        protocol = parse_ipv4(&cursor, packet, fragmented);
    else if (protocol == ETH_P_IPV6)
        protocol = parse_ipv6(&cursor, packet, fragmented);
    else
        return protocol < 0 ? protocol : PARSED_OTHER;
    packet->flow.protocol = protocol;
    packet->flow.zero = 0;
    if (protocol < 0)
        return protocol;
    if (!is_whole(ctx, packet, fragmented))
        return PARSED_MALFORMED;
    if (fragmented->later)
        return PARSED_FLOW;
    if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP)
        return parse_ports(&cursor, packet);
    if (protocol == IPPROTO_SCTP)
        return parse_sctp(&cursor, packet);
    if (protocol == (packet->flow.family == FAMILY_IPV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6))
        return parse_icmp(&cursor, protocol);
    return PARSED_OTHER;
}

#define HEADERS 128 /* more than Ethernet, IPv6 and TCP without options take */

/* Reads the flow of a packet. What can't be read is left to the kernel's stack, which knows what to do with it. */
static __always_inline int parse(hook *ctx, struct packet *packet, struct fragmented *fragmented)
{
    int parsed = parse_headers(ctx, packet, fragmented);

    if (parsed == PARSED_SHORT && !hook_pull(ctx, HEADERS))
        parsed = parse_headers(ctx, packet, fragmented);
    return parsed;
}

#endif
