// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* At the other end of a cable: takes down every frame that comes. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LONGEST 2048

struct frame {
    __u32 length;
    __u8 bytes[LONGEST];
};

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 1 << 18);
} frames SEC(".maps");

SEC("tc")
int wire(struct __sk_buff *skb)
{
    __u32 length = skb->len;
    struct frame *frame;

    if (length == 0 || length > LONGEST)
        return TC_ACT_UNSPEC;
    frame = bpf_ringbuf_reserve(&frames, sizeof(*frame), 0);
    if (!frame)
        return TC_ACT_UNSPEC;
    frame->length = length;
    if (bpf_skb_load_bytes(skb, 0, frame->bytes, length))
        bpf_ringbuf_discard(frame, 0);
    else
        bpf_ringbuf_submit(frame, 0);
    return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
