// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Direct routing: the packet goes to the real server as it is, but for its TTL and link addresses. The server holds the
 * VIP and answers the client itself. JLVS_XDP as well.
 */
#include "jlvs/forward.h"

SEC(HOOK)
int forward(hook *ctx)
{
    struct packet *packet = this_packet();
    struct route *route;
    int verdict;

    if (!packet)
        return dropped(DROP_MALFORMED);
    route = way_of(ctx, packet);
    if (!route)
        return unreachable(ctx, packet);
    if (route->local)
        return PASS;
    if (blocked(ctx, packet, route, 0, &verdict))
        return verdict;
    if (untag(ctx, packet) || decrement_ttl(ctx, packet))
        return dropped(DROP_MALFORMED);
    return send_along(ctx, packet, route, packet->length);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
