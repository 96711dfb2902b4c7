// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Masquerading: the destination becomes the real server, which answers through the director, where the source becomes the
 * VIP again. JLVS_XDP as well.
 */
#include "jlvs/translate.h"

/* The way back is made with the first packet; one-packet scheduling has none. */
static __always_inline void begin(struct packet *packet, const struct route *route)
{
    if (packet->flags & PACKET_FIRST)
        keep_reply(packet, route->local, BPF_ANY);
}

SEC(HOOK)
int forward(hook *ctx)
{
    struct packet *packet = this_packet();
    struct route *route;
    int verdict;

    if (!packet)
        return dropped(DROP_MALFORMED);
    if (packet->flags & PACKET_EGRESS)
        return translate(ctx, packet) ? dropped(DROP_MALFORMED) : PASS;
    route = way_of(ctx, packet);
    if (!route)
        return unreachable(ctx, packet);
    begin(packet, route);
    if (route->local)
        return translate(ctx, packet) ? dropped(DROP_MALFORMED) : PASS;
    if (blocked(ctx, packet, route, 0, &verdict))
        return verdict;
    if (untag(ctx, packet) || translate(ctx, packet) || decrement_ttl(ctx, packet))
        return dropped(DROP_MALFORMED);
    return send_along(ctx, packet, route, packet->length);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
