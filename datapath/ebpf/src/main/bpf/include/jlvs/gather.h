// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What other directors are to be told. */
#ifndef JLVS_GATHER_H
#define JLVS_GATHER_H

#include "sync.h"

#define SYNC_REFRESH 60U               /* s: an entry is told again so often, or four times in its timeout if that is less */
#define SECOND 1000000000ULL

TABLE(sync_connections, BPF_MAP_TYPE_ARRAY, __u32, struct synced_connection, SYNC_CONNECTIONS, BPF_F_MMAPABLE);
TABLE(sync_templates, BPF_MAP_TYPE_ARRAY, __u32, struct synced_template, SYNC_TEMPLATES, BPF_F_MMAPABLE);

#define GATHER_TEMPLATES_ONLY 0x1 /* IPVS's sync_persist_mode: connections made through a template are not told */

/* What the program "gather" is given and gives back. 32 bytes. */
struct gather {
    __u64 now;         /* ns, set by the program */
    __u32 second;      /* of a clock of Java's */
    __u32 elapsed;     /* s since the run before: what fell due in them is told again */
    __u32 flags;       /* GATHER_ */
    __u32 connections; /* how many were put into the array; when it is full, others wait for the next run */
    __u32 templates;
    __u32 zero;
};

/* Handshakes are not told: who takes over could not finish them. */
static __always_inline int is_worth_telling(__u32 state)
{
    switch (state) {
    case STATE_ESTABLISHED:
    case STATE_FIN_WAIT:
    case STATE_TIME_WAIT:
    case STATE_CLOSE:
    case STATE_CLOSE_WAIT:
    case STATE_UDP:
    case STATE_SCTP_ESTABLISHED:
    case STATE_SCTP_SHUTDOWN_SENT:
    case STATE_SCTP_SHUTDOWN_RECEIVED:
    case STATE_SCTP_SHUTDOWN_ACK_SENT:
    case STATE_SCTP_CLOSED:
        return 1;
    default:
        return 0;
    }
}

/* Whether an entry is to be told again now. Spread by hash, so that no second has more than its share. */
static __always_inline int is_due(__u32 hash, __u64 timeout, const struct gather *gather)
{
    __u32 every = timeout / (4 * SECOND);

    if (every > SYNC_REFRESH)
        every = SYNC_REFRESH;
    if (!every)
        every = 1;
    return (gather->second + hash) % every < gather->elapsed;
}

static __always_inline __u32 sync_hash(const struct address *client, __u32 ports)
{
    return ((client->words[3] ^ client->words[1]) * 0x61c88647U ^ ports * 2654435761U) >> 8;
}

/* A copy that has become this director's own lives and ends like any connection. */
static __always_inline void claim(struct connection *connection)
{
    __u32 gone = CONNECTION_COPY | CONNECTION_SENT | CONNECTION_TOLD;

    if (connection->flags & CONNECTION_COPY)
        __sync_fetch_and_and(&connection->flags, ~gone);
}

static __always_inline int is_to_be_told(const struct flow_key *flow, struct connection *connection,
                                         const struct gather *gather)
{
    __u32 hash = sync_hash(&flow->src, (__u32)flow->sport << 16 | flow->dport), state = connection->state;

    if (connection->flags & (CONNECTION_REPLY | CONNECTION_FRESH) || is_expired(connection, gather->now) ||
        !is_worth_telling(state))
        return 0;
    if (gather->flags & GATHER_TEMPLATES_ONLY && connection->flags & CONNECTION_CONTROLLED)
        return 0;
    if (!is_own(connection))
        return 0;
    claim(connection);
    return (connection->flags & CONNECTION_SENT) >> CONNECTION_SENT_SHIFT != state ||
           is_due(hash, connection->timeout, gather);
}

static __always_inline void mark_sent(struct connection *connection, __u32 state)
{
    __sync_fetch_and_and(&connection->flags, ~CONNECTION_SENT);
    __sync_fetch_and_or(&connection->flags, state << CONNECTION_SENT_SHIFT);
}

static long gather_connection(void *map, struct flow_key *key, struct connection *connection, struct gather *gather)
{
    struct synced_connection *told;
    struct flow_key flow = *key;
    __u32 at = gather->connections;

    if (!is_to_be_told(&flow, connection, gather))
        return 0;
    told = bpf_map_lookup_elem(&sync_connections, &at);
    if (!told)
        return 1;
    told->flow = flow;
    told->connection = *connection;
    mark_sent(connection, told->connection.state);
    gather->connections++;
    return 0;
}

static __always_inline __u32 sent_as(const struct template *template)
{
    return TEMPLATE_SENT | ((template->server << 1 | template->assured) & (TEMPLATE_SENT - 1));
}

static long gather_template(void *map, struct template_key *key, struct template *template, struct gather *gather)
{
    struct template_key client = *key;
    struct synced_template *told;
    __u32 at = gather->templates, hash = sync_hash(&client.client, client.service);

    if (client.retired || is_template_over(template, gather->now) || !is_own_template(template))
        return 0;
    if (template->sent == sent_as(template) && !is_due(hash, template->timeout, gather))
        return 0;
    told = bpf_map_lookup_elem(&sync_templates, &at);
    if (!told)
        return 1;
    told->key = client;
    told->template = *template;
    template->sent = sent_as(template);
    gather->templates++;
    return 0;
}

/* What is new, changed or due in the tables of this director. */
SEC("syscall")
int gather(struct gather *gather)
{
    struct gather found = *gather;

    found.now = bpf_ktime_get_ns();
    found.connections = 0;
    found.templates = 0;
    bpf_for_each_map_elem(&connections, gather_connection, &found, 0);
    bpf_for_each_map_elem(&templates, gather_template, &found, 0);
    *gather = found;
    return 0;
}

#endif
