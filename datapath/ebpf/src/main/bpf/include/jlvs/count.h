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

/* What a packet adds: a datagram that came in fragments counts as one, and its IP header once, as IPVS has it. */
struct volume {
    __u32 packets;
    __u32 bytes;
};

static __always_inline struct volume volume_of(const struct packet *packet)
{
    if (packet->flags & PACKET_FRAGMENT)
        return (struct volume){0, packet->length - (packet->l4 - packet->l3)};
    return (struct volume){1, packet->length};
}

static __always_inline void count_in(struct traffic *traffic, struct volume volume, __u32 connections)
{
    if (!traffic)
        return;
    traffic->connections += connections;
    traffic->in_packets += volume.packets;
    traffic->in_bytes += volume.bytes;
}

static __always_inline void count_out(struct traffic *traffic, struct volume volume)
{
    if (!traffic)
        return;
    traffic->out_packets += volume.packets;
    traffic->out_bytes += volume.bytes;
}

static __always_inline void count_packet_in(const struct packet *packet, __u32 service, __u32 server, __u32 connections)
{
    struct volume volume = volume_of(packet);

    count_in(bpf_map_lookup_elem(&service_traffic, &service), volume, connections);
    count_in(bpf_map_lookup_elem(&server_traffic, &server), volume, connections);
}

static __always_inline void count_packet_out(const struct packet *packet, __u32 service, __u32 server)
{
    struct volume volume = volume_of(packet);

    count_out(bpf_map_lookup_elem(&service_traffic, &service), volume);
    count_out(bpf_map_lookup_elem(&server_traffic, &server), volume);
}

#endif
