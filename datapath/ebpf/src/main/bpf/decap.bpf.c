// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * The real server's side of tunnelling, for kernels that have no tunnel devices: takes packets that are for a virtual
 * address out of the ones they came in, and leaves all others as they are. At TC ingress, loaded by tc, which has
 * nothing to give it but the file: so `jlvs realserver` writes the settings into a copy of that.
 */
#include <linux/if_packet.h>
#include "jlvs/parse.h"
#include "jlvs/tunnel.h"

#define MAX_VIPS 64
#define MAX_HEADERS 128 /* the link's, IPv4 with options, GUE or GRE, and the addresses inside */
#define ECN_CE 3

/* io.jlvs.cli.realserver.DecapProgram finds this by its name and fills it in. */
const volatile struct {
    char name[16];
    __be16 port; /* of GUE */
    __u8 vips;   /* how many there are */
    __u8 zero[13];
    struct address vip[MAX_VIPS];
} settings = {.name = "jlvs-decap-set-1", .port = bpf_htons(6080)};

/* What is around the packet. */
struct wrapping {
    __u32 size; /* bytes from the outer IP header to the inner one */
    __u8 family;
    __u8 inside; /* the family in it */
    __u8 ecn;
};

/* Reads bytes from the outer IP header on. 0, or negative when the packet is shorter. */
static __always_inline int load(struct __sk_buff *ctx, __u32 offset, void *to, __u32 size)
{
    if (!bpf_skb_load_bytes_relative(ctx, offset, to, size, BPF_HDR_START_NET))
        return 0;
    if (hook_pull(ctx, MAX_HEADERS))
        return -1;
    return bpf_skb_load_bytes_relative(ctx, offset, to, size, BPF_HDR_START_NET);
}

/* Whether a packet to this address is for somebody else, whom this machine would hand it to as a router. */
static __always_inline int is_passing_through(struct __sk_buff *ctx, struct bpf_fib_lookup *route)
{
    long answer;

    route->ifindex = ctx->ingress_ifindex;
    answer = bpf_fib_lookup(ctx, route, sizeof(*route), 0);
    return answer != BPF_FIB_LKUP_RET_NOT_FWDED && answer != BPF_FIB_LKUP_RET_FWD_DISABLED;
}

/* The outer IP header; gives the protocol in it, negative for what is not ours. Fragments are not: nothing can join them here. */
static __always_inline int unwrap_ipv4(struct __sk_buff *ctx, struct wrapping *wrapping)
{
    struct bpf_fib_lookup route = {.family = 2 /* AF_INET */};
    struct iphdr ip;

    if (load(ctx, 0, &ip, sizeof(ip)) || ip.version != 4 || ip.ihl < 5 || ip.frag_off & bpf_htons(IP_MF | IP_OFFSET))
        return -1;
    if (ip.protocol != IPPROTO_IPIP && ip.protocol != IPPROTO_IPV6 && ip.protocol != IPPROTO_UDP &&
        ip.protocol != IPPROTO_GRE)
        return -1;
    wrapping->family = FAMILY_IPV4;
    wrapping->size = ip.ihl * 4;
    wrapping->ecn = ip.tos & ECN_CE;
    route.ipv4_src = ip.saddr;
    route.ipv4_dst = ip.daddr;
    return is_passing_through(ctx, &route) ? -1 : ip.protocol;
}

static __always_inline int unwrap_ipv6(struct __sk_buff *ctx, struct wrapping *wrapping)
{
    struct bpf_fib_lookup route = {.family = 10 /* AF_INET6 */};
    struct ipv6hdr ip;

    if (load(ctx, 0, &ip, sizeof(ip)) || ip.version != 6)
        return -1;
    if (ip.nexthdr != IPPROTO_IPIP && ip.nexthdr != IPPROTO_IPV6 && ip.nexthdr != IPPROTO_UDP &&
        ip.nexthdr != IPPROTO_GRE)
        return -1;
    wrapping->family = FAMILY_IPV6;
    wrapping->size = sizeof(ip);
    wrapping->ecn = ip.flow_lbl[0] >> 4 & ECN_CE;
    __builtin_memcpy(route.ipv6_src, &ip.saddr, sizeof(route.ipv6_src));
    __builtin_memcpy(route.ipv6_dst, &ip.daddr, sizeof(route.ipv6_dst));
    return is_passing_through(ctx, &route) ? -1 : ip.nexthdr;
}

/* GUE of variant 0 without options, which is how directors send it. */
static __always_inline int unwrap_gue(struct __sk_buff *ctx, struct wrapping *wrapping)
{
    struct gue_header gue;

    if (load(ctx, wrapping->size, &gue, sizeof(gue)) || gue.dest != settings.port || gue.variant || gue.flags)
        return -1;
    wrapping->size += sizeof(gue);
    return gue.protocol;
}

/* GRE without key and sequence number (RFC 2784). Its checksum is not looked at: the packet inside has its own. */
static __always_inline int unwrap_gre(struct __sk_buff *ctx, struct wrapping *wrapping)
{
    struct gre_header gre;

    if (load(ctx, wrapping->size, &gre, 4) || gre.flags & ~bpf_htons(GRE_HAS_CHECKSUM))
        return -1;
    wrapping->size += gre.flags ? sizeof(gre) : 4;
    if (gre.protocol == bpf_htons(ETH_P_IP))
        return IPPROTO_IPIP;
    return gre.protocol == bpf_htons(ETH_P_IPV6) ? IPPROTO_IPV6 : -1;
}

/* Whoever can send to this machine can wrap what he likes: only what a director would send is let in. */
static __always_inline int is_for_vip(struct __sk_buff *ctx, const struct wrapping *wrapping)
{
    struct address dst;

    if (wrapping->inside == FAMILY_IPV4) {
        struct iphdr ip;

        if (load(ctx, wrapping->size, &ip, sizeof(ip)) || ip.version != 4)
            return 0;
        address_of_ipv4(&dst, ip.daddr);
    } else {
        struct ipv6hdr ip;

        if (load(ctx, wrapping->size, &ip, sizeof(ip)) || ip.version != 6)
            return 0;
        address_of_ipv6(&dst, &ip.daddr);
    }
    for (int i = 0; i < MAX_VIPS && i < settings.vips; i++)
        if (same_address(&dst, (const struct address *)&settings.vip[i]))
            return 1;
    return 0;
}

/*
 * Takes away what is around. Kernels before 6.3 change the family of a packet only together with its IP header, for one
 * of the other family's size: that one goes then.
 */
static __always_inline int strip(struct __sk_buff *ctx, const struct wrapping *wrapping)
{
    __s32 size = wrapping->size;

    if (wrapping->inside != wrapping->family) {
        int to_ipv6 = wrapping->inside == FAMILY_IPV6;
        __s32 growth = sizeof(struct ipv6hdr) - sizeof(struct iphdr);

        if (bpf_skb_change_proto(ctx, to_ipv6 ? bpf_htons(ETH_P_IPV6) : bpf_htons(ETH_P_IP), 0))
            return DROP;
        size += to_ipv6 ? growth : -growth;
    }
    /* The segments of a GSO packet are those of the packet inside, whatever was around. */
    if (bpf_skb_adjust_room(ctx, -size, BPF_ADJ_ROOM_MAC, BPF_F_ADJ_ROOM_FIXED_GSO))
        return DROP;
    /* Congestion on the way is the receiver's business; a packet that can't say so is dropped (RFC 6040). */
    if (wrapping->ecn == ECN_CE && !bpf_skb_ecn_set_ce(ctx))
        return DROP;
    /* A balancer behind us must not balance again what has been balanced. */
    return TC_ACT_OK;
}

SEC("tc")
int decapsulate(struct __sk_buff *ctx)
{
    struct wrapping wrapping = {};
    int protocol = -1;

    if (ctx->pkt_type != PACKET_HOST)
        return PASS;
    if (ctx->protocol == bpf_htons(ETH_P_IP))
        protocol = unwrap_ipv4(ctx, &wrapping);
    else if (ctx->protocol == bpf_htons(ETH_P_IPV6))
        protocol = unwrap_ipv6(ctx, &wrapping);
    if (protocol == IPPROTO_UDP)
        protocol = unwrap_gue(ctx, &wrapping);
    else if (protocol == IPPROTO_GRE)
        protocol = unwrap_gre(ctx, &wrapping);
    if (protocol != IPPROTO_IPIP && protocol != IPPROTO_IPV6)
        return PASS;
    wrapping.inside = protocol == IPPROTO_IPIP ? FAMILY_IPV4 : FAMILY_IPV6;
    return is_for_vip(ctx, &wrapping) ? strip(ctx, &wrapping) : PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
