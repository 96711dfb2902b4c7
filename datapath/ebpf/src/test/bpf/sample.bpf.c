// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* One small program and one map of each kind that the binding is tested with. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <linux/pkt_cls.h>

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 10000);
    __type(key, __u32);
    __type(value, __u64);
} numbers SEC(".maps");

#ifdef JLVS_XDP

SEC("xdp")
int accept(struct xdp_md *ctx)
{
    return XDP_PASS;
}

#else

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u32);
} seen SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(map_flags, BPF_F_MMAPABLE);
    __uint(max_entries, 3);
    __type(key, __u32);
    __type(value, __u32);
} shared SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} records SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 8);
    __type(key, __u32);
    __type(value, __u32);
} programs SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 2);
    __type(key, __u32);
    __array(values, struct {
        __uint(type, BPF_MAP_TYPE_ARRAY);
        __uint(map_flags, BPF_F_INNER_MAP);
        __uint(max_entries, 1);
        __type(key, __u32);
        __type(value, __u32);
    });
} nested SEC(".maps");

/* Counts the packet, answers its mark. */
SEC("tc")
int count(struct __sk_buff *skb)
{
    __u32 first = 0;
    __u32 *packets = bpf_map_lookup_elem(&seen, &first);

    if (packets)
        *packets += 1;
    return skb->mark;
}

/* Lets the packet pass, changed: its first byte is one more, its mark is 7. */
SEC("tc")
int change(struct __sk_buff *skb)
{
    __u8 first;

    if (bpf_skb_load_bytes(skb, 0, &first, 1))
        return TC_ACT_SHOT;
    first++;
    bpf_skb_store_bytes(skb, 0, &first, 1, 0);
    skb->mark = 7;
    return TC_ACT_OK;
}

/* Makes the packet longer by 20 bytes after its link header. */
SEC("tc")
int grow(struct __sk_buff *skb)
{
    return bpf_skb_adjust_room(skb, 20, BPF_ADJ_ROOM_MAC, 0) ? TC_ACT_SHOT : TC_ACT_OK;
}

struct question {
    __u32 number;
    __u32 twice;
};

/* Answers twice the number, leaves it in shared[1] and in the ring. */
SEC("syscall")
int twice(struct question *asked)
{
    __u32 second = 1;
    __u32 *left = bpf_map_lookup_elem(&shared, &second);
    struct question answered = {.number = asked->number, .twice = 2 * asked->number};

    asked->twice = answered.twice;
    if (left)
        *left = answered.twice;
    return bpf_ringbuf_output(&records, &answered, sizeof(answered), 0);
}

#endif

char LICENSE[] SEC("license") = "Dual BSD/GPL";
