// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* The first packet of a connection: whose it is, which server gets it, and what the table then holds. */
#ifndef JLVS_FIRST_H
#define JLVS_FIRST_H

#include "established.h"
#include "schedule.h"

/* The service that a packet is for: by its mark, its address and port, its address alone. */
static __always_inline struct service *find_service(hook *ctx, const struct packet *packet,
                                                    const struct settings *settings)
{
    struct service_key key = {.family = packet->flow.family};
    struct service *service;

    if (ctx->mark && (settings->flags & SETTING_MARKS)) {
        key.address.words[0] = ctx->mark;
        service = bpf_map_lookup_elem(&services, &key);
        if (service)
            return service;
    }
    key.address = packet->flow.dst;
    key.port = packet->flow.dport;
    key.protocol = packet->flow.protocol;
    service = bpf_map_lookup_elem(&services, &key);
    if (service || !(settings->flags & SETTING_ANY_PORT))
        return service;
    key.port = 0;
    return bpf_map_lookup_elem(&services, &key);
}

/* Whether a packet may begin a connection. */
static __always_inline int may_begin(const struct packet *packet, const struct settings *settings)
{
    if (packet->flags & PACKET_FRAGMENT)
        return 0;
    if (packet->flow.protocol == IPPROTO_SCTP)
        return packet->chunk == CHUNK_INIT ||
               (settings->flags & SETTING_SLOPPY_SCTP && packet->chunk != CHUNK_ABORT);
    if (packet->flow.protocol != IPPROTO_TCP)
        return 1;
    if (packet->tcp_flags & TCP_RST || packet->flow.sport == bpf_htons(20))
        return 0;
    return packet->tcp_flags & TCP_SYN || settings->flags & SETTING_SLOPPY_TCP;
}

/* Whether the defence against too many connections (drop_packet) takes this one. */
static __always_inline int is_defended(const struct settings *settings)
{
    return settings->drop_rate && bpf_get_prandom_u32() % settings->drop_rate == 0;
}

/* Takes the packet up to Java, which picks and sends it in again. */
static __always_inline int ask_java(hook *ctx, const struct packet *packet, const struct service *service)
{
    __u32 length = ctx->len;
    struct ask *ask;

    if (length > ASK_PACKET || length == 0)
        return dropped(DROP_ASK_LOST);
    ask = bpf_ringbuf_reserve(&asks, sizeof(*ask), 0);
    if (!ask)
        return dropped(DROP_ASK_LOST);
    ask->flow = packet->flow;
    ask->service = service->id;
    ask->ifindex = ctx->ifindex;
    ask->mark = ctx->mark;
    ask->length = length;
    if (bpf_skb_load_bytes(ctx, 0, ask->packet, within(length, ASK_PACKET))) {
        bpf_ringbuf_discard(ask, 0);
        return dropped(DROP_ASK_LOST);
    }
    bpf_ringbuf_submit(ask, BPF_RB_FORCE_WAKEUP);
    return dropped(DROP_ASKED);
}

static __always_inline int refuse(hook *ctx, struct packet *packet)
{
    return answer_error(ctx, packet, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, 0, DROP_NO_SERVER);
}

static __always_inline __u32 first_state(const struct packet *packet, const struct settings *settings)
{
    if (packet->flow.protocol == IPPROTO_TCP)
        return state_after(STATE_NONE, VIEW_ONE_WAY, packet, settings);
    if (packet->flow.protocol == IPPROTO_SCTP)
        return state_after(STATE_SCTP_NONE, VIEW_ONE_WAY, packet, settings);
    return STATE_UDP;
}

/* What a connection of this server is in the table. 0, or negative when the server is gone. */
static __always_inline int describe(struct packet *packet, const struct service *service, __u32 id, __u32 flags)
{
    struct connection *connection = &packet->connection;
    struct server *server = bpf_map_lookup_elem(&servers, &id);

    if (!server)
        return -1;
    *connection = (struct connection){};
    connection->out.src = packet->flow.src;
    connection->out.dst = server->address;
    connection->out.sport = packet->flow.sport;
    connection->out.dport = server->port ? server->port : packet->flow.dport;
    connection->out.protocol = packet->flow.protocol;
    connection->out.family = server->family;
    connection->started = bpf_ktime_get_ns();
    connection->last_seen = packet->now;
    connection->service = service->id;
    connection->server = id;
    connection->flags = flags;
    connection->mode = server->mode;
    return 0;
}

/* The first packet of a connection that is in the table: it is counted from here on. */
static __always_inline void begin(struct packet *packet, const struct settings *settings,
                                  struct connection *connection, int by_template)
{
    struct event *event;
    int active;

    connection->state = first_state(packet, settings);
    renew(connection, settings, packet->now);
    connection->in_bytes = packet->length;
    connection->in_packets = 1;
    active = is_active(connection->state);
    shift_load(connection->server, active ? 1 : 0, active ? 0 : 1);
    event = new_event(EVENT_SCHEDULED, &packet->flow, connection);
    if (event) {
        event->persistent = by_template;
        tell(event);
    }
    if (connection->state == STATE_UDP)
        tell_opened(&packet->flow, connection);
}

static __always_inline int first_to_mode(hook *ctx, struct packet *packet, const struct service *service)
{
    count_packet_in(packet, service->id, packet->connection.server, 1);
    packet->flags |= PACKET_FIRST;
    return to_mode(ctx, packet);
}

/* Which server, by the client's template or the plan. Tells the server, or *verdict when there is none. */
static __always_inline __u32 choose(hook *ctx, struct packet *packet, const struct service *service,
                                    const struct settings *settings, const struct template_key *key, int *by_template,
                                    int *verdict)
{
    struct template *template = 0;
    __u32 id = 0;

    if (service->flags & SERVICE_PERSISTENT)
        template = find_template(key, settings, packet->now);
    *by_template = template != 0;
    if (template)
        return template->server;
    switch (pick(service, &packet->flow, &id)) {
    case PICKED:
        return id;
    case PICK_ASK:
        *verdict = ask_java(ctx, packet, service);
        return 0;
    default:
        *verdict = refuse(ctx, packet);
        return 0;
    }
}

/* A connection that Java has written, or another processor just now. Null when it has gone on already. */
static __always_inline struct connection *fresh_connection(const struct packet *packet)
{
    struct connection *connection = bpf_map_lookup_elem(&connections, &packet->flow);

    if (!connection || !(__sync_fetch_and_and(&connection->flags, ~CONNECTION_FRESH) & CONNECTION_FRESH))
        return 0;
    return connection;
}

#endif
