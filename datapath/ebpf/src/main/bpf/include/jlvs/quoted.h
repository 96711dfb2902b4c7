// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* ICMP errors about balanced flows: whose they are is read off the packet that they quote. */
#ifndef JLVS_QUOTED_H
#define JLVS_QUOTED_H

#include "parse.h"

/* Reads the ports that follow a quoted header; all protocols have them in the first four bytes. */
static __always_inline int read_quoted_ports(hook *ctx, const struct packet *packet, struct flow_key *about)
{
    __be16 ports[2];

    if (about->protocol != IPPROTO_TCP && about->protocol != IPPROTO_UDP && about->protocol != IPPROTO_SCTP)
        return -1;
    if (bpf_skb_load_bytes(ctx, packet->quoted_l4, ports, sizeof(ports)))
        return -1;
    about->sport = ports[1];
    about->dport = ports[0];
    return 0;
}

/*
 * Reads which flow an ICMP error is about, as packets that go the other way than the quoted one have it: a client's
 * error finds the forward entry, a server's or a router's on the way to it the reply entry. 0 when it is of a flow.
 */
static __always_inline int read_quoted(hook *ctx, struct packet *packet, struct flow_key *about)
{
    __u16 offset = packet->l4 + sizeof(struct icmp_header);

    *about = (struct flow_key){.family = packet->flow.family};
    packet->quoted = offset;
    if (packet->flow.family == FAMILY_IPV4) {
        struct iphdr ip;

        if (bpf_skb_load_bytes(ctx, offset, &ip, sizeof(ip)) || ip.ihl < 5 || ip.frag_off & bpf_htons(IP_OFFSET))
            return -1;
        address_of_ipv4(&about->src, ip.daddr);
        address_of_ipv4(&about->dst, ip.saddr);
        about->protocol = ip.protocol;
        packet->quoted_l4 = offset + ip.ihl * 4;
    } else {
        struct ipv6hdr ip;

        if (bpf_skb_load_bytes(ctx, offset, &ip, sizeof(ip)))
            return -1;
        address_of_ipv6(&about->src, &ip.daddr);
        address_of_ipv6(&about->dst, &ip.saddr);
        about->protocol = ip.nexthdr;
        packet->quoted_l4 = offset + sizeof(ip);
    }
    return read_quoted_ports(ctx, packet, about);
}

#endif
