// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Full NAT: the destination becomes the real server and the source an address and port of the director's own, so that the
 * server answers the director whatever its routes are. JLVS_XDP as well.
 */
#include "jlvs/translate.h"

#define POOL 16  /* addresses of each family */
#define TRIES 32 /* ports looked at for one connection */

/* Map "mode_settings", written by FullNat.java: native byte order. */
struct pool {
    __u32 ipv4_count;
    __u32 ipv6_count;
    __u16 first_port;
    __u16 last_port;
    __u32 zero;
    struct address ipv4[POOL];
    struct address ipv6[POOL];
};

TABLE(mode_settings, BPF_MAP_TYPE_ARRAY, __u32, struct pool, 1, 0);

static __always_inline const struct pool *the_pool(void)
{
    __u32 only = 0;

    return bpf_map_lookup_elem(&mode_settings, &only);
}

/* The local address and port of the n-th try, which begins where the flow's hash points. */
static __always_inline int choose(struct packet *packet, const struct pool *pool, __u32 n)
{
    int is_ipv4 = packet->flow.family == FAMILY_IPV4;
    __u32 addresses = is_ipv4 ? pool->ipv4_count : pool->ipv6_count;
    __u32 ports = pool->last_port - pool->first_port + 1;
    __u32 at = bpf_ntohs(packet->flow.sport) * 2654435761U ^ packet->flow.src.words[3];
    __u32 address;

    if (!addresses || !ports)
        return -1;
    at = (at >> 1) % (addresses * ports) + n;
    address = at / ports % addresses;
    if (address >= POOL)
        return -1;
    packet->connection.out.src = is_ipv4 ? pool->ipv4[address] : pool->ipv6[address];
    packet->connection.out.sport = bpf_htons(pool->first_port + at % ports);
    return 0;
}

/*
 * Gives the connection a local address and port. A port is taken as long as another connection to the same server has its
 * way back there, its last states included, so none is used again too early. 0, or negative when none was found.
 */
static __always_inline int begin(struct packet *packet, const struct route *route)
{
    const struct pool *pool = the_pool();

    if (!pool)
        return -1;
    for (__u32 n = 0; n < TRIES; n++) {
        if (choose(packet, pool, n))
            return -1;
        if (!keep_reply(packet, route->local, BPF_NOEXIST))
            return 0;
    }
    return -1;
}

SEC(HOOK)
int forward(hook *ctx)
{
    struct packet *packet = this_packet();
    struct route *route;
    int verdict;

    if (!packet || untag(ctx, packet))
        return dropped(DROP_MALFORMED);
    if (packet->flags & PACKET_EGRESS)
        return translate(ctx, packet) ? dropped(DROP_MALFORMED) : PASS;
    route = way_of(ctx, packet);
    if (!route)
        return unreachable(ctx, packet);
    if (packet->flags & PACKET_FIRST && begin(packet, route))
        return dropped(DROP_NO_PORT);
    if (!route->local && blocked(ctx, packet, route, 0, &verdict))
        return verdict;
    if (translate(ctx, packet))
        return dropped(DROP_MALFORMED);
    if (route->local)
        return PASS;
    if (decrement_ttl(ctx, packet))
        return dropped(DROP_MALFORMED);
    return send_along(ctx, packet, route, packet->length);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
