// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * What differs between the two places in the kernel where the same programs run: traffic control (JLVS_TC), which sees
 * every packet of every device, and the driver (JLVS_XDP).
 */
#ifndef JLVS_HOOK_H
#define JLVS_HOOK_H

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "packet.h"

#ifdef JLVS_XDP

#define HOOK "xdp"
#define PASS XDP_PASS
#define DROP XDP_DROP
typedef struct xdp_md hook;

/* Nothing can be pulled: a packet whose headers are not at hand goes on to traffic control. */
static __always_inline int hook_pull(hook *ctx, __u32 length)
{
    return -1;
}

static __always_inline __u32 hook_ifindex(hook *ctx)
{
    return ctx->ingress_ifindex;
}

/* Bytes of the frame. */
static __always_inline __u32 hook_length(hook *ctx)
{
    return ctx->data_end - ctx->data;
}

#else

#define HOOK "tc"
#define PASS TC_ACT_UNSPEC /* other filters may still have their say */
#define DROP TC_ACT_SHOT
typedef struct __sk_buff hook;

/* Makes the first bytes readable. 0, or negative when the packet is shorter. */
static __always_inline int hook_pull(hook *ctx, __u32 length)
{
    return bpf_skb_pull_data(ctx, length < ctx->len ? length : ctx->len);
}

static __always_inline __u32 hook_ifindex(hook *ctx)
{
    return ctx->ifindex;
}

static __always_inline __u32 hook_length(hook *ctx)
{
    return ctx->len;
}

#endif

/*
 * A length that was found to be 1..limit, a power of two, as the verifier sees it: kernels before 6.8 learn nothing from a
 * comparison with 0.
 */
static __always_inline __u32 within(__u32 length, __u32 limit)
{
    length--;
    barrier_var(length);
    return (length & (limit - 1)) + 1;
}

static __always_inline void *data_of(hook *ctx)
{
    return (void *)(long)ctx->data;
}

static __always_inline void *end_of(hook *ctx)
{
    return (void *)(long)ctx->data_end;
}

#endif
