// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Connections that directors tell each other. No packet is the slower for it: "gather" goes over the tables and finds what
 * is new by marks in the entries, "adopt" enters what others have told.
 */
#ifndef JLVS_SYNC_H
#define JLVS_SYNC_H

#include "established.h"
#include "schedule.h"

#define SYNC_CONNECTIONS 16384
#define SYNC_TEMPLATES 4096
#define SYNC_REFRESH 60U               /* s: an entry is told again so often, or four times in its timeout if that is less */
#define SYNC_DOUBT (2 * 1000000000ULL) /* ns: clocks of two directors are compared by when messages came, no finer */
#define SECOND 1000000000ULL

/* What a template was told as, or as what it was taken. */
#define TEMPLATE_COPY 0x80000000U /* another director's as long as its last_used, in the other bits, is the same */
#define TEMPLATE_SENT 0x40000000U

TABLE(sync_connections, BPF_MAP_TYPE_ARRAY, __u32, struct synced_connection, SYNC_CONNECTIONS, BPF_F_MMAPABLE);
TABLE(sync_templates, BPF_MAP_TYPE_ARRAY, __u32, struct synced_template, SYNC_TEMPLATES, BPF_F_MMAPABLE);
TABLE(taken_connections, BPF_MAP_TYPE_ARRAY, __u32, struct synced_connection, SYNC_CONNECTIONS, BPF_F_MMAPABLE);
TABLE(taken_templates, BPF_MAP_TYPE_ARRAY, __u32, struct synced_template, SYNC_TEMPLATES, BPF_F_MMAPABLE);

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

/* What the program "adopt" is given and gives back. 40 bytes. */
struct adopt {
    __u64 now;         /* ns, set by the program */
    __u32 connections; /* how many are in the array */
    __u32 templates;
    __u32 taken;
    __u32 older; /* left alone: what is known here is fresher */
    __u32 full;  /* there was no room, or the way back is another connection's */
    __u32 zero[3];
};

/* Whether a packet has come here since the entry was taken, or it was made here. */
static __always_inline int is_own(const struct connection *connection)
{
    return !(connection->flags & CONNECTION_COPY) || connection->in_packets || connection->out_bytes;
}

static __always_inline __u32 copied_at(__u64 last_used)
{
    return TEMPLATE_COPY | (__u32)(last_used >> 20);
}

static __always_inline int is_own_template(const struct template *template)
{
    return !(template->sent & TEMPLATE_COPY) || template->sent != copied_at(template->last_used);
}

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

static __always_inline int is_same_flow(const struct flow_key *one, const struct flow_key *other)
{
    const __u64 *a = (const __u64 *)one, *b = (const __u64 *)other;

    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3] && a[4] == b[4];
}

/* Whether what is known here stays: it was used here since, or near enough, or another director has told fresher news. */
static __always_inline int is_fresher(int own, __u64 seen, __u64 seen_there)
{
    return own ? seen_there <= seen + SYNC_DOUBT : seen_there + SYNC_DOUBT < seen;
}

/* The same of connections: of one that has ended elsewhere no packet comes here any more, so any later word counts. */
static __always_inline int is_fresher_connection(const struct connection *known, const struct connection *told)
{
    if (is_active(known->state) && !is_active(told->state))
        return told->last_seen <= known->last_seen;
    return is_fresher(is_own(known), known->last_seen, told->last_seen);
}

/* Brings a known entry to what another director tells of it. */
static __always_inline void renew_copy(struct connection *known, const struct connection *told)
{
    __u32 old = known->state, next = told->state;

    known->last_seen = told->last_seen;
    known->timeout = told->timeout;
    known->in_packets = 0;
    known->out_bytes = 0;
    __sync_fetch_and_and(&known->flags, ~CONNECTION_SENT);
    __sync_fetch_and_or(&known->flags, CONNECTION_COPY | CONNECTION_TOLD);
    if (next != old && __sync_val_compare_and_swap(&known->state, old, next) == old && is_active(old) != is_active(next))
        shift_load(known->server, is_active(next) ? 1 : -1, is_active(next) ? -1 : 1);
}

/* Makes the way back of a taken connection. Negative when another connection has it. */
static __always_inline int enter_reply(const struct synced_connection *told)
{
    struct connection reply = {}, *other;
    struct flow_key back;

    reverse(&back, &told->connection.out);
    reverse(&reply.out, &told->flow);
    reply.service = told->connection.service;
    reply.server = told->connection.server;
    reply.mode = told->connection.mode;
    reply.flags = CONNECTION_REPLY | (told->connection.flags & CONNECTION_LOCAL);
    other = bpf_map_lookup_elem(&connections, &back);
    if (other && (!(other->flags & CONNECTION_REPLY) || !is_same_flow(&other->out, &reply.out)))
        return -1;
    return bpf_map_update_elem(&connections, &back, &reply, BPF_ANY);
}

/* Enters a connection that is not known here. */
static __always_inline int enter_copy(struct synced_connection *told)
{
    int active = is_active(told->connection.state);

    if (told->connection.flags & CONNECTION_HAS_REPLY && enter_reply(told))
        return -1;
    told->connection.flags &= ~CONNECTION_LOCAL;
    if (bpf_map_update_elem(&connections, &told->flow, &told->connection, BPF_NOEXIST))
        return -1;
    shift_load(told->connection.server, active ? 1 : 0, active ? 0 : 1);
    return 0;
}

static long adopt_connection(__u32 at, struct adopt *adopt)
{
    struct synced_connection *told = bpf_map_lookup_elem(&taken_connections, &at);
    struct connection *known;

    if (!told)
        return 1;
    known = bpf_map_lookup_elem(&connections, &told->flow);
    if (known && !is_expired(known, adopt->now)) {
        if (known->flags & (CONNECTION_REPLY | CONNECTION_FRESH) ||
            is_fresher_connection(known, &told->connection)) {
            adopt->older++;
            return 0;
        }
        if (known->server == told->connection.server && is_same_flow(&known->out, &told->connection.out)) {
            renew_copy(known, &told->connection);
            adopt->taken++;
            return 0;
        }
    }
    if (known)
        end_connection(&told->flow, known, CLOSE_REPLACED);
    if (enter_copy(told))
        adopt->full++;
    else
        adopt->taken++;
    return 0;
}

static long adopt_template(__u32 at, struct adopt *adopt)
{
    struct synced_template *told = bpf_map_lookup_elem(&taken_templates, &at);
    struct template *known;

    if (!told)
        return 1;
    told->template.sent = copied_at(told->template.last_used);
    known = bpf_map_lookup_elem(&templates, &told->key);
    if (known && !is_template_over(known, adopt->now) &&
        is_fresher(is_own_template(known), known->last_used, told->template.last_used)) {
        adopt->older++;
        return 0;
    }
    if (known && known->server == told->template.server) {
        known->last_used = told->template.last_used;
        known->timeout = told->template.timeout;
        known->assured |= told->template.assured;
        known->sent = told->template.sent;
        adopt->taken++;
        return 0;
    }
    if (known)
        shift_persistent(known->server, -1);
    if (bpf_map_update_elem(&templates, &told->key, &told->template, BPF_ANY)) {
        adopt->full++;
        return 0;
    }
    shift_persistent(told->template.server, 1);
    adopt->taken++;
    return 0;
}

/* Enters what other directors have told, unless what is known here is fresher. */
SEC("syscall")
int adopt(struct adopt *adopt)
{
    struct adopt done = *adopt;

    done.now = bpf_ktime_get_ns();
    done.taken = 0;
    done.older = 0;
    done.full = 0;
    bpf_loop(done.templates, adopt_template, &done, 0);
    bpf_loop(done.connections, adopt_connection, &done, 0);
    *adopt = done;
    return 0;
}

#endif
