// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Everything that is counted, and the one way in which a packet is lost. */
#ifndef JLVS_COUNT_H
#define JLVS_COUNT_H

#include "hook.h"
#include "maps.h"

/* Counts something that went wrong; tells nobody else. */
static __always_inline void count_drop(__u32 reason)
{
    __u64 *counter = bpf_map_lookup_elem(&drops, &reason);

    if (counter)
        *counter += 1;
}

/* The end of a packet that goes nowhere. */
static __always_inline int dropped(__u32 reason)
{
    count_drop(reason);
    return DROP;
}

static __always_inline void count_in(struct traffic *traffic, __u32 bytes, __u32 connections)
{
    if (!traffic)
        return;
    traffic->connections += connections;
    traffic->in_packets += 1;
    traffic->in_bytes += bytes;
}

static __always_inline void count_out(struct traffic *traffic, __u32 bytes)
{
    if (!traffic)
        return;
    traffic->out_packets += 1;
    traffic->out_bytes += bytes;
}

static __always_inline void count_packet_in(__u32 service, __u32 server, __u32 bytes, __u32 connections)
{
    count_in(bpf_map_lookup_elem(&service_traffic, &service), bytes, connections);
    count_in(bpf_map_lookup_elem(&server_traffic, &server), bytes, connections);
}

static __always_inline void count_packet_out(__u32 service, __u32 server, __u32 bytes)
{
    count_out(bpf_map_lookup_elem(&service_traffic, &service), bytes);
    count_out(bpf_map_lookup_elem(&server_traffic, &server), bytes);
}

#endif
