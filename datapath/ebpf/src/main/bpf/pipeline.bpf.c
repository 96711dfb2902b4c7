// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * The director in the kernel. Most packets see one program here, "ingress", and one of their mode: a lookup, counters,
 * and out. The first packet of a connection sees "schedule" between them.
 */
#include "jlvs/established.h"

#ifdef JLVS_XDP

/* Established flows without a surprise; all else goes on to traffic control, untouched and uncounted. */
static __always_inline int is_plain(hook *ctx, struct packet *packet, const struct connection *connection)
{
    struct route *route = route_to(ctx, &connection->out.dst, connection->out.family, packet->now);

    return packet->flow.protocol != IPPROTO_SCTP && route && !route->local && packet->ttl > 1 && packet->length + 64 <= route->mtu && !packet->vlans &&
           !(connection->flags & CONNECTION_FRESH);
}

SEC("xdp")
int express(hook *ctx)
{
    struct packet *packet = this_packet();
    struct settings *settings = the_settings();
    struct fragmented fragmented = {};
    struct connection *connection;
    int verdict;

    if (!packet || !settings)
        return PASS;
    packet->now = bpf_ktime_get_coarse_ns();
    if (parse(ctx, packet, &fragmented) != PARSED_FLOW || fragmented.is)
        return PASS;
    connection = bpf_map_lookup_elem(&connections, &packet->flow);
    if (!connection || !is_plain(ctx, packet, connection))
        return PASS;
    if (connection->flags & CONNECTION_REPLY)
        return server_packet(ctx, packet, connection, settings);
    return client_packet(ctx, packet, connection, settings, &verdict) ? PASS : verdict;
}

#else

#include "jlvs/adopt.h"
#include "jlvs/cut.h"
#include "jlvs/icmp.h"
#include "jlvs/first.h"
#include "jlvs/gather.h"
#include "jlvs/quoted.h"
#include "jlvs/sweep.h"

/* The ports of a fragment: the first one brings them, the others are known by it. */
static __always_inline int find_ports(struct packet *packet, const struct fragmented *fragmented)
{
    struct fragment_key key = {.src = packet->flow.src, .dst = packet->flow.dst, .id = fragmented->id,
                               .protocol = packet->flow.protocol};
    struct fragment ports = {packet->flow.sport, packet->flow.dport}, *known;

    if (!fragmented->later)
        return bpf_map_update_elem(&fragments, &key, &ports, BPF_ANY);
    known = bpf_map_lookup_elem(&fragments, &key);
    if (!known)
        return -1;
    packet->flow.sport = known->sport;
    packet->flow.dport = known->dport;
    packet->tcp_flags = 0;
    packet->flags |= PACKET_FRAGMENT;
    return 0;
}

/* Reads the packet in hand. 0 when it has a flow; else *verdict is what becomes of it. */
static __always_inline int read_packet(hook *ctx, struct packet *packet, int *verdict)
{
    struct fragmented fragmented = {};
    int parsed;

    packet->now = bpf_ktime_get_coarse_ns();
    parsed = parse(ctx, packet, &fragmented);
    *verdict = PASS;
    if (parsed == PARSED_ICMP && !fragmented.is)
        bpf_tail_call(ctx, &stages, STAGE_ICMP);
    if (parsed != PARSED_FLOW)
        return -1;
    return fragmented.is ? find_ports(packet, &fragmented) : 0;
}

SEC("tc")
int ingress(hook *ctx)
{
    struct packet *packet = this_packet();
    struct settings *settings = the_settings();
    struct connection *connection;
    int verdict;

    if (!packet || !settings || read_packet(ctx, packet, &verdict))
        return PASS;
    connection = bpf_map_lookup_elem(&connections, &packet->flow);
    if (connection && !(connection->flags & CONNECTION_FRESH)) {
        if (connection->flags & CONNECTION_REPLY)
            return server_packet(ctx, packet, connection, settings);
        if (!client_packet(ctx, packet, connection, settings, &verdict))
            return verdict;
    }
    bpf_tail_call(ctx, &stages, STAGE_SCHEDULE);
    return PASS;
}

/* What a server on the director itself answers never comes in: it is translated on its way out. */
SEC("tc")
int egress(hook *ctx)
{
    struct packet *packet = this_packet();
    struct settings *settings = the_settings();
    struct connection *connection;
    int verdict;

    if (!packet || !settings || !(settings->flags & SETTING_LOCAL_REPLIES) || read_packet(ctx, packet, &verdict))
        return PASS;
    connection = bpf_map_lookup_elem(&connections, &packet->flow);
    if (!connection || !(connection->flags & CONNECTION_REPLY) || !(connection->flags & CONNECTION_LOCAL))
        return PASS;
    packet->flags |= PACKET_EGRESS;
    return server_packet(ctx, packet, connection, settings);
}

SEC("tc")
int schedule(hook *ctx)
{
    struct packet *packet = this_packet();
    struct settings *settings = the_settings();
    struct connection *connection;
    struct template_key key = {};
    struct service *service;
    int by_template = 0, verdict = PASS;
    __u32 id;

    if (!packet || !settings)
        return PASS;
    service = find_service(ctx, packet, settings);
    if (!service)
        return PASS;
    template_key_of(&key, service, &packet->flow.src);
    connection = fresh_connection(packet);
    if (!connection) {
        if (!may_begin(packet, settings))
            return PASS;
        if (is_defended(settings))
            return dropped(DROP_DEFENDED);
        id = choose(ctx, packet, service, settings, &key, &by_template, &verdict);
        if (!id)
            return verdict;
        if (describe(packet, service, id, service->flags & SERVICE_PERSISTENT ? CONNECTION_CONTROLLED : 0))
            return dropped(DROP_SERVER_GONE);
        if (service->flags & SERVICE_ONE_PACKET && packet->flow.protocol == IPPROTO_UDP)
            return first_to_mode(ctx, packet, service);
        if (bpf_map_update_elem(&connections, &packet->flow, &packet->connection, BPF_NOEXIST))
            return dropped(DROP_TABLE_FULL);
        connection = bpf_map_lookup_elem(&connections, &packet->flow);
        if (!connection)
            return dropped(DROP_TABLE_FULL);
    }
    begin(packet, settings, connection, by_template);
    if (service->flags & SERVICE_PERSISTENT)
        keep_template(service, &key, connection->server, packet->now);
    take(packet, connection);
    return first_to_mode(ctx, packet, service);
}

SEC("tc")
int error(hook *ctx)
{
    struct packet *packet = this_packet();

    if (!packet)
        return DROP;
    count_drop(packet->error_drop);
    return make_error(ctx, packet) ? DROP : bpf_redirect(ctx->ifindex, 0);
}

SEC("tc")
int cut(hook *ctx)
{
    struct packet *packet = this_packet();
    __u32 ifindex = packet ? cut_up(ctx, packet) : 0;

    return ifindex ? bpf_redirect(ifindex, 0) : dropped(DROP_TOO_BIG);
}

/* Java's answers to an ask, run on the packet that was asked about: in again, or back as an error. */
SEC("tc")
int inject(hook *ctx)
{
    return bpf_clone_redirect(ctx, ctx->ifindex, BPF_F_INGRESS);
}

SEC("tc")
int reject(hook *ctx)
{
    struct packet *packet = this_packet();
    struct fragmented fragmented = {};

    if (!packet)
        return DROP;
    packet->now = bpf_ktime_get_coarse_ns();
    if (parse(ctx, packet, &fragmented) != PARSED_FLOW)
        return DROP;
    packet->error_type = ICMP_DEST_UNREACH;
    packet->error_code = ICMP_PORT_UNREACH;
    packet->error_mtu = 0;
    count_drop(DROP_NO_SERVER);
    return make_error(ctx, packet) ? DROP : bpf_clone_redirect(ctx, ctx->ifindex, 0);
}

SEC("tc")
int icmp(hook *ctx)
{
    struct packet *packet = this_packet();
    struct connection *connection;
    struct flow_key about;

    if (!packet || read_quoted(ctx, packet, &about))
        return PASS;
    connection = bpf_map_lookup_elem(&connections, &about);
    if (!connection || connection->flags & CONNECTION_FRESH)
        return PASS;
    if (connection->flags & CONNECTION_REPLY)
        count_packet_out(packet, connection->service, connection->server);
    else
        count_packet_in(packet, connection->service, connection->server, 0);
    packet->flags |= PACKET_ICMP_ERROR;
    take(packet, connection);
    return to_mode(ctx, packet);
}

#endif

char LICENSE[] SEC("license") = "Dual BSD/GPL";
