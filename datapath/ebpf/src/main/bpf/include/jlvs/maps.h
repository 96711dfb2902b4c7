// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * The maps, shared by the pipeline and all mode programs: the loader gives every object the same ones by name and pins
 * them. Sizes are defaults that the loader may change before it loads.
 */
#ifndef JLVS_MAPS_H
#define JLVS_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "packet.h"
#include "plan.h"
#include "types.h"

#define MAX_SERVICES 16384
#define MAX_SERVERS 65536
#define MAX_CONNECTIONS 1048576
#define MAX_MODES 32
#define ROUTES 4096 /* a power of two */

#define TABLE(map_name, map_type, key_type, value_type, entries, map_options)                                          \
    struct {                                                                                                           \
        __uint(type, map_type);                                                                                        \
        __uint(max_entries, entries);                                                                                  \
        __uint(map_flags, map_options);                                                                                \
        __type(key, key_type);                                                                                         \
        __type(value, value_type);                                                                                     \
    } map_name SEC(".maps")

TABLE(services, BPF_MAP_TYPE_HASH, struct service_key, struct service, MAX_SERVICES, BPF_F_NO_PREALLOC);
TABLE(servers, BPF_MAP_TYPE_HASH, __u32, struct server, MAX_SERVERS, BPF_F_NO_PREALLOC);
TABLE(server_loads, BPF_MAP_TYPE_ARRAY, __u32, struct server_load, MAX_SERVERS, BPF_F_MMAPABLE);
TABLE(service_traffic, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct traffic, MAX_SERVICES, 0);
TABLE(server_traffic, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct traffic, MAX_SERVERS, 0);
TABLE(connect_latencies, BPF_MAP_TYPE_ARRAY, __u32, struct latency, MAX_SERVERS, BPF_F_MMAPABLE);
TABLE(connections, BPF_MAP_TYPE_LRU_HASH, struct flow_key, struct connection, MAX_CONNECTIONS, 0);
TABLE(templates, BPF_MAP_TYPE_LRU_HASH, struct template_key, struct template, 262144, 0);
TABLE(fragments, BPF_MAP_TYPE_LRU_HASH, struct fragment_key, struct fragment, 16384, 0);
TABLE(routes, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct route, ROUTES, 0);
TABLE(settings, BPF_MAP_TYPE_ARRAY, __u32, struct settings, 1, 0);
TABLE(drops, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, __u64, DROPS, 0);
TABLE(packets, BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct packet, 1, 0);
TABLE(icmp_credits, BPF_MAP_TYPE_LRU_HASH, struct address, struct icmp_credit, 4096, 0);

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, MAX_SERVICES);
    __type(key, __u32);
    __array(values, struct {
        __uint(type, BPF_MAP_TYPE_ARRAY);
        __uint(max_entries, PLAN_SERVERS);
        __uint(map_flags, BPF_F_INNER_MAP);
        __type(key, __u32);
        __type(value, __u32);
    });
} plans SEC(".maps");

/* The programs of the modes by their index: one array for each hook, since a program is of one type. */
struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, MAX_MODES);
    __type(key, __u32);
    __type(value, __u32);
} mode_programs SEC(".maps");

/* The parts of the pipeline that few packets see. */
struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, STAGES);
    __type(key, __u32);
    __type(value, __u32);
} stages SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4 << 20);
} events SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 20);
} asks SEC(".maps");

#endif
