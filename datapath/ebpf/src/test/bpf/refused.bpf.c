// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* A program that no verifier takes: it reads a packet without asking how long it is. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int careless(struct __sk_buff *skb)
{
    return *(__u8 *)(long)skb->data;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
