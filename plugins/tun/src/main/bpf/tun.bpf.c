// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Tunnelling: the packet goes to the real server inside another one. The server unwraps it, holds the VIP and answers the
 * client itself. JLVS_XDP as well.
 */
#include "jlvs/encapsulate.h"

SEC(HOOK)
int forward(hook *ctx)
{
    struct packet *packet = this_packet();
    struct server *server;
    struct outer outer;
    struct route *route;
    int verdict;

    if (!packet)
        return dropped(DROP_MALFORMED);
    server = bpf_map_lookup_elem(&servers, &packet->connection.server);
    route = way_of(ctx, packet);
    if (!server || !route)
        return unreachable(ctx, packet);
    if (route->local)
        return PASS;
    plan_outer(ctx, packet, server, route, &outer);
    if (blocked(ctx, packet, route, outer.size, &verdict))
        return verdict;
    if (untag(ctx, packet) || decrement_ttl(ctx, packet) || encapsulate(ctx, packet, server, &outer))
        return dropped(DROP_MALFORMED);
    return send_along(ctx, packet, route, packet->length + outer.size);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
