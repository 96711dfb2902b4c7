// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Connections: their lives, and what their server is loaded with. */
#ifndef JLVS_CONNECTION_H
#define JLVS_CONNECTION_H

#include "count.h"
#include "sctp.h"

static __always_inline struct settings *the_settings(void)
{
    __u32 only = 0;

    return bpf_map_lookup_elem(&settings, &only);
}

static __always_inline struct packet *this_packet(void)
{
    __u32 only = 0;

    return bpf_map_lookup_elem(&packets, &only);
}

static __always_inline struct server_load *load_of(__u32 server)
{
    return bpf_map_lookup_elem(&server_loads, &server);
}

/* Whether connections of this server go on: it is configured. */
static __always_inline int is_available(__u32 server)
{
    struct server_load *load = load_of(server);

    return load && load->available;
}

/* Whether a server is to get no new connections: its weight is 0. */
static __always_inline int is_quiesced(__u32 id)
{
    struct server *server = bpf_map_lookup_elem(&servers, &id);

    return server && !server->weight;
}

/* Looks at the thresholds again, as a connection has come (+1) or gone (-1). */
static __always_inline void weigh(struct server_load *load, const struct server *server, int change)
{
    __u32 connections = load->active + load->inactive;

    if (!server || !server->upper)
        load->overloaded = 0;
    else if (change > 0 && connections >= server->upper)
        load->overloaded = 1;
    else if (change < 0 && connections < server->lower)
        load->overloaded = 0;
}

/* A connection has come (+1) or gone (-1), or has changed its side when both are given. */
static __always_inline void shift_load(__u32 id, int active, int inactive)
{
    struct server_load *load = load_of(id);

    if (!load)
        return;
    if (active)
        __sync_fetch_and_add(&load->active, active);
    if (inactive)
        __sync_fetch_and_add(&load->inactive, inactive);
    if (active + inactive)
        weigh(load, bpf_map_lookup_elem(&servers, &id), active + inactive);
}

static __always_inline struct event *new_event(__u32 type, const struct flow_key *flow, const struct connection *connection)
{
    struct settings *settings = the_settings();
    struct event *event;

    if (!settings || !(settings->flags & SETTING_EVENTS))
        return 0;
    event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
    if (!event) {
        count_drop(DROP_EVENT_LOST);
        return 0;
    }
    event->type = type;
    event->cause = 0;
    event->at = bpf_ktime_get_ns();
    event->started = connection->started;
    event->in_bytes = connection->in_bytes;
    event->out_bytes = connection->out_bytes;
    event->service = connection->service;
    event->server = connection->server;
    event->flow = *flow;
    event->connect = (__u64)connection->connect * 1000;
    event->persistent = 0;
    return event;
}

static __always_inline void tell(struct event *event)
{
    bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

static __always_inline void tell_opened(const struct flow_key *flow, const struct connection *connection)
{
    struct event *event = new_event(EVENT_OPENED, flow, connection);

    if (event)
        tell(event);
}

/* Tells once that a connection is over: when it closes, or when its entry goes without that. */
static __always_inline void tell_closed(const struct flow_key *flow, struct connection *connection, __u32 cause)
{
    struct event *event;

    if (__sync_fetch_and_or(&connection->flags, CONNECTION_TOLD) & CONNECTION_TOLD)
        return;
    event = new_event(EVENT_CLOSED, flow, connection);
    if (event) {
        event->cause = cause;
        tell(event);
    }
}

static __always_inline int is_expired(const struct connection *connection, __u64 now)
{
    return now > connection->last_seen + connection->timeout;
}

/* A packet has come: the time begins anew. A timeout that is set later is for later packets, as in IPVS. */
static __always_inline void renew(struct connection *connection, const struct settings *settings, __u64 now)
{
    connection->last_seen = now;
    connection->timeout = settings->timeouts[connection->state & (STATES - 1)];
}

static __always_inline void template_key_of(struct template_key *key, const struct service *service,
                                            const struct address *client)
{
    key->client.halves[0] = client->halves[0] & service->netmask.halves[0];
    key->client.halves[1] = client->halves[1] & service->netmask.halves[1];
    key->service = service->id;
    key->retired = 0;
}

/* The service of a server, or null when that was removed. */
static __always_inline struct service *service_of(__u32 id)
{
    struct server *server = bpf_map_lookup_elem(&servers, &id);

    return server ? bpf_map_lookup_elem(&services, &server->service) : 0;
}

/* The template that a connection of this server was made through, or null. */
static __always_inline struct template *template_of(const struct flow_key *flow, __u32 id)
{
    struct template_key key;
    struct template *template;
    struct service *service = service_of(id);

    if (!service)
        return 0;
    template_key_of(&key, service, &flow->src);
    template = bpf_map_lookup_elem(&templates, &key);
    if (template && template->server == id)
        return template;
    key.retired = id;
    return bpf_map_lookup_elem(&templates, &key);
}

/* The template that a connection was made through has one less. */
static __always_inline void release_template(const struct flow_key *flow, __u32 server)
{
    struct template *template = template_of(flow, server);

    if (template && template->controlled)
        __sync_fetch_and_add(&template->controlled, -1);
}

/* The server of a connection has answered: its template is good. */
static __always_inline void assure_template(const struct flow_key *flow, const struct connection *connection)
{
    struct template *template;

    if (!(connection->flags & CONNECTION_CONTROLLED))
        return;
    template = template_of(flow, connection->server);
    if (template)
        template->assured = 1;
}

/* Takes a forward entry and its way back out of the table. Only who takes it counts it down. */
static __always_inline void end_connection(const struct flow_key *flow, struct connection *connection, __u32 cause)
{
    __u32 flags = connection->flags, id = connection->server;
    int active = is_active(connection->state);
    struct flow_key back;

    reverse(&back, &connection->out);
    if (!(flags & CONNECTION_FRESH))
        tell_closed(flow, connection, cause);
    if (bpf_map_delete_elem(&connections, flow))
        return;
    if (flags & CONNECTION_HAS_REPLY)
        bpf_map_delete_elem(&connections, &back);
    if (flags & CONNECTION_FRESH)
        return;
    shift_load(id, active ? -1 : 0, active ? 0 : -1);
    if (flags & CONNECTION_CONTROLLED)
        release_template(flow, id);
}

static __always_inline __u32 cause_of(const struct packet *packet, __u32 view)
{
    if (packet->flow.protocol == IPPROTO_SCTP ? packet->chunk != CHUNK_ABORT : !(packet->tcp_flags & TCP_RST))
        return CLOSE_FINISHED;
    return view == VIEW_SERVER ? CLOSE_SERVER_RESET : CLOSE_CLIENT_RESET;
}

/* Whether nothing more is to be expected in this state. One way, the server's FIN is never seen. */
static __always_inline int is_over(__u32 state, __u32 view)
{
    return state == STATE_TIME_WAIT || state == STATE_CLOSE || state == STATE_SCTP_CLOSED ||
           (state == STATE_FIN_WAIT && view == VIEW_ONE_WAY);
}

static __always_inline __u32 state_after(__u32 state, __u32 view, const struct packet *packet,
                                         const struct settings *settings)
{
    if (packet->flow.protocol == IPPROTO_SCTP)
        return sctp_after(state, view, packet->chunk);
    return tcp_after(state, view, packet->tcp_flags, settings && settings->flags & SETTING_SECURE_TCP);
}

/* Whether there are states to go through, and the packet says to which. */
static __always_inline int has_states(const struct packet *packet)
{
    return (packet->flow.protocol == IPPROTO_TCP || packet->flow.protocol == IPPROTO_SCTP) &&
           !(packet->flags & PACKET_FRAGMENT);
}

/* Takes a connection to the state after this packet. */
static __always_inline void advance(const struct packet *packet, const struct flow_key *flow,
                                    struct connection *connection, __u32 view, const struct settings *settings)
{
    __u32 old = connection->state;
    __u32 next = state_after(old, view, packet, settings);

    if (next == old || __sync_val_compare_and_swap(&connection->state, old, next) != old)
        return;
    if (is_active(old) != is_active(next))
        shift_load(connection->server, is_active(next) ? 1 : -1, is_active(next) ? -1 : 1);
    if (next == STATE_ESTABLISHED || next == STATE_SCTP_ESTABLISHED) {
        assure_template(flow, connection);
        tell_opened(flow, connection);
    } else if (is_over(next, view)) {
        tell_closed(flow, connection, cause_of(packet, view));
    } else if (is_over(old, view)) {
        __sync_fetch_and_and(&connection->flags, ~CONNECTION_TOLD); /* it lives again */
    }
}

#endif
