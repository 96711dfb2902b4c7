// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* A mode for tests: the director itself is the real server and listens on the VIP. Counts nothing of its own. */
#include "jlvs/forward.h"

struct pass_settings {
    __u32 verdict;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct pass_settings);
} mode_settings SEC(".maps");

SEC("tc")
int forward(hook *ctx)
{
    struct packet *packet = this_packet();
    __u32 only = 0;
    struct pass_settings *own = bpf_map_lookup_elem(&mode_settings, &only);

    if (!packet || !own)
        return dropped(DROP_MALFORMED);
    return own->verdict;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
