// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Packets of connections that are known: the way of nearly all of them. */
#ifndef JLVS_ESTABLISHED_H
#define JLVS_ESTABLISHED_H

#include "forward.h"

#define RENEWAL 1000000000ULL /* ns: a reply entry touches its forward entry at least this often */

/* Hands the packet to the program of its connection's mode. */
static __always_inline int to_mode(hook *ctx, struct packet *packet)
{
    bpf_tail_call(ctx, &mode_programs, packet->connection.mode);
    return dropped(DROP_NO_MODE);
}

/* What the mode needs to know. */
static __always_inline void take(struct packet *packet, const struct connection *connection)
{
    packet->connection.out = connection->out;
    packet->connection.service = connection->service;
    packet->connection.server = connection->server;
    packet->connection.flags = connection->flags;
    packet->connection.mode = connection->mode;
    packet->connection.mode_data = connection->mode_data;
}

static __always_inline int is_opening(const struct packet *packet)
{
    if (packet->flow.protocol == IPPROTO_SCTP)
        return packet->chunk == CHUNK_INIT;
    return packet->flow.protocol == IPPROTO_TCP && (packet->tcp_flags & (TCP_SYN | TCP_RST)) == TCP_SYN;
}

/* A client that uses its port again: its old connection is over, so the new one is scheduled anew. */
static __always_inline int is_reused(const struct packet *packet, const struct connection *connection,
                                     const struct settings *settings)
{
    __u32 state = connection->state, mode = settings->conn_reuse_mode;

    if (!is_opening(packet))
        return 0;
    if (settings->flags & SETTING_EXPIRE_NODEST && is_quiesced(connection->server))
        return 1;
    if (!mode || connection->flags & CONNECTION_CONTROLLED)
        return 0;
    if (state == STATE_FIN_WAIT)
        return (mode & 2) && !(connection->flags & CONNECTION_HAS_REPLY);
    return state == STATE_TIME_WAIT || state == STATE_CLOSE || state == STATE_SCTP_CLOSED;
}

/*
 * A client's packet. Negative when the connection is over and the packet is to be looked at as the first of another;
 * else the program's verdict: its entry is up to date and packet->connection holds what the mode needs.
 */
static __always_inline int client_packet(hook *ctx, struct packet *packet, struct connection *connection,
                                         const struct settings *settings, int *verdict)
{
    if (is_expired(connection, packet->now)) {
        end_connection(&packet->flow, connection, CLOSE_IDLE);
        return -1;
    }
    if (is_reused(packet, connection, settings)) {
        end_connection(&packet->flow, connection, CLOSE_REPLACED);
        return -1;
    }
    if (!is_available(connection->server)) {
        if (!(settings->flags & SETTING_EXPIRE_NODEST)) {
            *verdict = dropped(DROP_SERVER_GONE);
            return 0;
        }
        end_connection(&packet->flow, connection, CLOSE_IDLE);
        return -1;
    }
    connection->in_bytes += packet->length;
    connection->in_packets++;
    if (has_states(packet))
        advance(packet, &packet->flow, connection,
                connection->flags & CONNECTION_HAS_REPLY ? VIEW_CLIENT : VIEW_ONE_WAY, settings);
    renew(connection, settings, packet->now);
    count_packet_in(packet, connection->service, connection->server, 0);
    take(packet, connection);
    *verdict = to_mode(ctx, packet);
    return 0;
}

/* The server has accepted: what it took is worth a clock finer than packet->now. */
static __always_inline void first_answer(const struct packet *packet, const struct flow_key *flow,
                                         struct connection *connection)
{
    __u64 took = bpf_ktime_get_ns() - connection->started;

    connection->connect = took / 1000 + 1;
    if (packet->flow.protocol == IPPROTO_UDP)
        assure_template(flow, connection);
    else if (packet->flow.protocol == IPPROTO_TCP)
        count_connect(connection->server, took);
}

/* Brings the forward entry up to date with what its server answered. Negative when it is gone. */
static __always_inline int touch_forward(struct packet *packet, struct connection *back)
{
    struct settings *settings = the_settings();
    struct connection *connection;
    struct flow_key flow;

    reverse(&flow, &back->out);
    connection = bpf_map_lookup_elem(&connections, &flow);
    if (!connection || !settings)
        return -1;
    back->last_seen = packet->now;
    connection->out_bytes += back->out_bytes;
    back->out_bytes = 0;
    if (!connection->connect)
        first_answer(packet, &flow, connection);
    if (has_states(packet))
        advance(packet, &flow, connection, VIEW_SERVER, settings);
    renew(connection, settings, packet->now);
    return 0;
}

/* Whether an answer may change its connection's state. With secure_tcp any may: the server's word is what counts. */
static __always_inline int has_news(const struct packet *packet, const struct settings *settings)
{
    if (packet->flow.protocol == IPPROTO_SCTP)
        return packet->chunk != CHUNK_DATA;
    return packet->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST) ||
           (settings->flags & SETTING_SECURE_TCP && packet->flow.protocol == IPPROTO_TCP);
}

/* A server's answer on its way to the client. The verdict. */
static __always_inline int server_packet(hook *ctx, struct packet *packet, struct connection *back,
                                         const struct settings *settings)
{
    packet->flags |= PACKET_REPLY;
    back->out_bytes += packet->length;
    if ((has_news(packet, settings) || packet->now - back->last_seen > RENEWAL) && touch_forward(packet, back)) {
        bpf_map_delete_elem(&connections, &packet->flow);
        return PASS;
    }
    count_packet_out(packet, back->service, back->server);
    take(packet, back);
    return to_mode(ctx, packet);
}

#endif
