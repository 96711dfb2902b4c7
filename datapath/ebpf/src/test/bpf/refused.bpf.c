// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* A mode that the verifier refuses: it reads beyond its packet. */
#include "jlvs/hook.h"

SEC("tc")
int forward(hook *ctx)
{
    return *(volatile __u8 *)(data_of(ctx) + 100);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
