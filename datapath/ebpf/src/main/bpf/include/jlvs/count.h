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

#define US 1000ULL
#define MS 1000000ULL

/* The bucket of a time in ns: those of LatencyHistogram in Java. */
static __always_inline __u32 latency_bucket(__u64 ns)
{
    if (ns <= MS)
        return ns <= 100 * US ? 0 : ns <= 250 * US ? 1 : ns <= 500 * US ? 2 : 3;
    if (ns <= 25 * MS)
        return ns <= 2500 * US ? 4 : ns <= 5 * MS ? 5 : ns <= 10 * MS ? 6 : 7;
    if (ns <= 500 * MS)
        return ns <= 50 * MS ? 8 : ns <= 100 * MS ? 9 : ns <= 250 * MS ? 10 : 11;
    return ns <= 1000 * MS ? 12 : ns <= 2500 * MS ? 13 : ns <= 5000 * MS ? 14 : 15;
}

/* Counts how long a server took to answer. Any CPU may be at it: connections of one server are on all of them. */
static __always_inline void count_connect(__u32 server, __u64 ns)
{
    struct latency *latency = bpf_map_lookup_elem(&connect_latencies, &server);

    if (!latency)
        return;
    __sync_fetch_and_add(&latency->counts[latency_bucket(ns) % LATENCY_BUCKETS], 1);
    __sync_fetch_and_add(&latency->sum, ns);
}

#endif
