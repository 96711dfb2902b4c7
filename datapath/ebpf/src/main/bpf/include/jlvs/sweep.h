// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What the table looks like from above: ends what has expired and counts what has not. */
#ifndef JLVS_SWEEP_H
#define JLVS_SWEEP_H

#include "established.h"

#define FRESH_AGE (3 * 1000000000ULL) /* ns: a connection whose first packet never came */
#define TEMPLATE_EXTENSION (60 * 1000000000ULL) /* ns: for how long a template goes on that connections keep */
#define DROP_SILENCE (60 * 1000000000ULL) /* ns: what was seen since is not dropped */

/* What the program "sweep" is given and gives back. 40 bytes. */
struct sweep {
    __u64 now; /* ns, set by the program */
    __u64 entries;
    __u64 ended;
    __u64 templates;
    __u64 zero;
};

static __always_inline void tally(const struct connection *connection)
{
    struct server_load *load = load_of(connection->server);

    if (!load)
        return;
    if (is_active(connection->state))
        load->counted_active++;
    else
        load->counted_inactive++;
}

/*
 * Whether the defence against too many entries (drop_entry) takes this one, as IPVS has it: each second one of 32 is looked
 * at, and is taken when it is half open, or has been silent for a minute after a few packets, the rather the fewer.
 */
static __always_inline int is_dropped(const struct connection *connection, const struct settings *settings, __u64 now)
{
    __u32 state = connection->state, packets = connection->in_packets;

    if (!(settings->flags & SETTING_DROP_ENTRIES) || bpf_get_prandom_u32() % 32)
        return 0;
    if (state == STATE_SYN_RECV || state == STATE_SYNACK || state == STATE_SCTP_INIT1 || state == STATE_SCTP_INIT)
        return 1;
    if (state != STATE_ESTABLISHED && state != STATE_UDP && state != STATE_SCTP_ESTABLISHED)
        return 0;
    return now > connection->last_seen + DROP_SILENCE && packets && packets <= 8 && bpf_get_prandom_u32() % packets == 0;
}

/* Whether a forward entry is to go: silent for too long, never begun, of a server that is gone, or in defence. */
static __always_inline int has_ended(const struct connection *connection, const struct settings *settings, __u64 now)
{
    if (connection->flags & CONNECTION_FRESH)
        return now > connection->last_seen + FRESH_AGE;
    if (is_dropped(connection, settings, now))
        return 1;
    return is_expired(connection, now) ||
           (settings->flags & SETTING_EXPIRE_NODEST && !is_available(connection->server));
}

/* Whether an entry of the way back has lost its forward entry, which a long silence tells to look for. */
static __always_inline int is_forlorn(const struct connection *back, const struct settings *settings, __u64 now)
{
    struct flow_key flow;

    if (now <= back->last_seen + settings->timeouts[STATE_ESTABLISHED] + RENEWAL)
        return 0;
    reverse(&flow, &back->out);
    return !bpf_map_lookup_elem(&connections, &flow);
}

static long sweep_connection(void *map, struct flow_key *key, struct connection *connection, struct sweep *sweep)
{
    struct settings *settings = the_settings();
    struct flow_key flow = *key;

    if (!settings)
        return 1;
    sweep->entries++;
    if (connection->flags & CONNECTION_REPLY) {
        if (is_forlorn(connection, settings, sweep->now))
            bpf_map_delete_elem(&connections, &flow);
    } else if (has_ended(connection, settings, sweep->now)) {
        end_connection(&flow, connection, CLOSE_IDLE);
        sweep->ended++;
    } else if (!(connection->flags & CONNECTION_FRESH)) {
        tally(connection);
    }
    return 0;
}

static long sweep_template(void *map, struct template_key *key, struct template *template, struct sweep *sweep)
{
    struct template_key client = *key;
    struct server_load *load = load_of(template->server);

    if (sweep->now > template->last_used + template->timeout) {
        if (!template->controlled || !service_of(template->server)) {
            if (!bpf_map_delete_elem(&templates, &client) && load)
                __sync_fetch_and_add(&load->persistent, -1);
            return 0;
        }
        template->last_used = sweep->now;
        template->timeout = TEMPLATE_EXTENSION;
    }
    if (load)
        load->counted_persistent++;
    sweep->templates++;
    return 0;
}

SEC("syscall")
int sweep(struct sweep *sweep)
{
    struct sweep totals = {.now = bpf_ktime_get_ns()};

    bpf_for_each_map_elem(&connections, sweep_connection, &totals, 0);
    bpf_for_each_map_elem(&templates, sweep_template, &totals, 0);
    *sweep = totals;
    return 0;
}

#endif
