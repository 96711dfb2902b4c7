// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What other directors have told. */
#ifndef JLVS_ADOPT_H
#define JLVS_ADOPT_H

#include "sync.h"

#define SYNC_DOUBT (2 * 1000000000ULL) /* ns: clocks of two directors are compared by when messages came, no finer */

TABLE(taken_connections, BPF_MAP_TYPE_ARRAY, __u32, struct synced_connection, SYNC_CONNECTIONS, BPF_F_MMAPABLE);
TABLE(taken_templates, BPF_MAP_TYPE_ARRAY, __u32, struct synced_template, SYNC_TEMPLATES, BPF_F_MMAPABLE);

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
