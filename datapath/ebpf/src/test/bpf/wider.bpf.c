// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The map of sample.bpf.c as another version might have it. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 10000);
    __type(key, __u32);
    __type(value, __u64[2]);
} numbers SEC(".maps");

SEC("tc")
int look(struct __sk_buff *skb)
{
    __u32 key = skb->mark;

    return bpf_map_lookup_elem(&numbers, &key) != 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
