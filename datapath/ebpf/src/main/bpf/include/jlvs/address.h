// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
#ifndef JLVS_ADDRESS_H
#define JLVS_ADDRESS_H

#include <bpf/bpf_endian.h>
#include "types.h"

static __always_inline void address_of_ipv4(struct address *to, __be32 address)
{
    to->halves[0] = 0;
    to->words[2] = bpf_htonl(0xffff);
    to->words[3] = address;
}

static __always_inline void address_of_ipv6(struct address *to, const void *address)
{
    __builtin_memcpy(to, address, sizeof(*to));
}

static __always_inline int same_address(const struct address *a, const struct address *b)
{
    return a->halves[0] == b->halves[0] && a->halves[1] == b->halves[1];
}

/* An address as the hashing schedulers of IPVS see it: the XOR of its words, of IPv4 the address; host byte order. */
static __always_inline __u32 fold(const struct address *address, __u8 family)
{
    if (family == FAMILY_IPV4)
        return bpf_ntohl(address->words[3]);
    return bpf_ntohl(address->words[0] ^ address->words[1] ^ address->words[2] ^ address->words[3]);
}

/* The same flow as the other side sends it. */
static __always_inline void reverse(struct flow_key *to, const struct flow_key *flow)
{
    to->src = flow->dst;
    to->dst = flow->src;
    to->sport = flow->dport;
    to->dport = flow->sport;
    to->protocol = flow->protocol;
    to->family = flow->family;
    to->zero = 0;
}

#endif
