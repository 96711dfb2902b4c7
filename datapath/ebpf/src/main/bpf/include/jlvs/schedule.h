// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* Which server gets a new connection: by the plan of the service, which Java has compiled of its scheduler. */
#ifndef JLVS_SCHEDULE_H
#define JLVS_SCHEDULE_H

#include "connection.h"
#include "hash.h"
#include "plan.h"

enum picked { PICKED, PICK_ASK, PICK_REFUSE };

struct choice {
    void *plan;
    __u32 length;
    __u32 flags;
    __u32 loop_from;
    __u32 hashed; /* slots: what is hashed, and the slot it leads to */
    __u32 home;
    __u32 server; /* the result, 0 for none */
    __u32 weight; /* of the best so far */
    __u64 cost;
    __u64 sum;        /* two choices: of the weights */
    __s64 draws[2];   /* what is left of each plus one; 0: it has come to its server */
    __u32 drawn[2];
};

static __always_inline __u32 plan_word(void *plan, __u32 index)
{
    __u32 *word = bpf_map_lookup_elem(plan, &index);

    return word ? *word : 0;
}

/* A server that may get a connection now, or null. */
static __always_inline struct server *eligible(__u32 id)
{
    struct server *server = bpf_map_lookup_elem(&servers, &id);
    struct server_load *load = load_of(id);

    return server && load && load->available && !load->overloaded && server->weight ? server : 0;
}

static long try_cycle(__u32 attempt, struct choice *choice)
{
    __u32 at = PLAN_POSITION, id;
    __u32 *position = bpf_map_lookup_elem(choice->plan, &at);

    if (!position || choice->loop_from >= choice->length)
        return 1;
    at = __sync_fetch_and_add(position, 1);
    if (at >= choice->length)
        at = choice->loop_from + (at - choice->loop_from) % (choice->length - choice->loop_from);
    id = plan_word(choice->plan, PLAN_SERVERS + at);
    if (!eligible(id))
        return 0;
    choice->server = id;
    return 1;
}

/* What a server costs before it is divided by its weight. */
static __always_inline __u64 cost_of(void *plan, const struct server_load *load)
{
    return (__u64)load->active * plan_word(plan, PLAN_ACTIVE) +
           (__u64)load->inactive * plan_word(plan, PLAN_INACTIVE) + plan_word(plan, PLAN_CONSTANT);
}

static long try_cost(__u32 index, struct choice *choice)
{
    __u32 id = plan_word(choice->plan, PLAN_SERVERS + index), weight;
    struct server *server = eligible(id);
    struct server_load *load = load_of(id);
    __u64 cost;

    if (!server || !load)
        return 0;
    if ((choice->flags & PLAN_IDLE_FIRST) && !load->active) {
        choice->server = id;
        return 1;
    }
    cost = cost_of(choice->plan, load);
    weight = choice->flags & PLAN_UNWEIGHTED ? 1 : server->weight;
    if (choice->server && choice->cost * weight <= cost * choice->weight)
        return 0;
    choice->server = id;
    choice->cost = cost;
    choice->weight = weight;
    return 0;
}

static long try_heaviest(__u32 index, struct choice *choice)
{
    __u32 id = plan_word(choice->plan, PLAN_SERVERS + index);
    struct server *server = eligible(id);
    struct server_load *load = load_of(id);

    if (!server || !load || server->weight <= choice->weight)
        return 0;
    if ((choice->flags & PLAN_WITHIN_WEIGHT) && load->active > server->weight)
        return 0;
    choice->server = id;
    choice->weight = server->weight;
    return 0;
}

static long add_weight(__u32 index, struct choice *choice)
{
    struct server *server = eligible(plan_word(choice->plan, PLAN_SERVERS + index));

    if (server)
        choice->sum += server->weight;
    return 0;
}

static __always_inline void draw_on(__s64 *draw, __u32 *drawn, __u32 id, __u32 weight)
{
    if (*draw <= 0)
        return;
    *draw -= weight;
    if (*draw > 1)
        return;
    *draw = 0;
    *drawn = id;
}

static long try_drawn(__u32 index, struct choice *choice)
{
    __u32 id = plan_word(choice->plan, PLAN_SERVERS + index);
    struct server *server = eligible(id);

    if (!server)
        return 0;
    draw_on(&choice->draws[0], &choice->drawn[0], id, server->weight);
    draw_on(&choice->draws[1], &choice->drawn[1], id, server->weight);
    return choice->drawn[0] && choice->drawn[1];
}

/* 1 up to one more than the sum of the weights. */
static __always_inline __s64 draw(__u64 sum)
{
    __u64 random = (__u64)bpf_get_prandom_u32() << 31 ^ bpf_get_prandom_u32();

    return random % (sum + 1) + 1;
}

/* The less loaded of two servers that lots were drawn for, by their weights (Mitzenmacher, "The Power of Two Choices in
   Randomized Load Balancing", 2001). */
static __always_inline void pick_of_two(struct choice *choice)
{
    struct server *first, *second;
    struct server_load *first_load, *second_load;

    bpf_loop(choice->length, add_weight, choice, 0);
    choice->draws[0] = draw(choice->sum);
    choice->draws[1] = draw(choice->sum);
    bpf_loop(choice->length, try_drawn, choice, 0);
    choice->server = choice->drawn[0];
    first = bpf_map_lookup_elem(&servers, &choice->drawn[0]);
    second = bpf_map_lookup_elem(&servers, &choice->drawn[1]);
    first_load = load_of(choice->drawn[0]);
    second_load = load_of(choice->drawn[1]);
    if (first && second && first_load && second_load &&
        second->weight * cost_of(choice->plan, first_load) > first->weight * cost_of(choice->plan, second_load))
        choice->server = choice->drawn[1];
}

static __always_inline __u32 slot_of(const struct choice *choice, __u32 hashed)
{
    if (choice->flags & PLAN_MULTIPLY)
        return (__u64)multiplicative_hash(hashed) * choice->length >> 32;
    return maglev_hash(hashed) % choice->length;
}

static long try_slot(__u32 attempt, struct choice *choice)
{
    __u32 length = choice->length, slot, id;

    if (!length)
        return 1;
    slot = (attempt + choice->home) % length;
    slot = choice->flags & PLAN_MULTIPLY ? (choice->home + slot) % length : slot_of(choice, choice->hashed + slot);
    id = plan_word(choice->plan, PLAN_SERVERS + slot);
    if (!eligible(id))
        return 0;
    choice->server = id;
    return 1;
}

static __always_inline void pick_slot(struct choice *choice, const struct flow_key *flow)
{
    const struct address *address = choice->flags & PLAN_DESTINATION ? &flow->dst : &flow->src;
    __u32 id;

    if (!choice->length)
        return;
    choice->hashed = fold(address, flow->family);
    if (choice->flags & PLAN_WITH_PORT)
        choice->hashed += bpf_ntohs(flow->sport);
    choice->home = slot_of(choice, choice->hashed);
    id = plan_word(choice->plan, PLAN_SERVERS + choice->home);
    if (eligible(id))
        choice->server = id;
    else if (id && (choice->flags & PLAN_FALLBACK))
        bpf_loop(choice->length, try_slot, choice, 0);
}

/* Picks by the plan. Tells the server in *picked when the result is PICKED. */
static __always_inline enum picked pick(const struct service *service, const struct flow_key *flow, __u32 *picked)
{
    __u32 id = service->id, kind;
    struct choice choice = {.plan = bpf_map_lookup_elem(&plans, &id)};

    if (!choice.plan)
        return PICK_REFUSE;
    kind = plan_word(choice.plan, PLAN_KIND);
    choice.length = plan_word(choice.plan, PLAN_LENGTH);
    choice.flags = plan_word(choice.plan, PLAN_FLAGS);
    if (kind == PLAN_ASK)
        return PICK_ASK;
    if (kind == PLAN_SLOTS) {
        pick_slot(&choice, flow);
    } else if (kind == PLAN_COST) {
        bpf_loop(choice.length, try_cost, &choice, 0);
    } else if (kind == PLAN_HEAVIEST) {
        bpf_loop(choice.length, try_heaviest, &choice, 0);
    } else if (kind == PLAN_TWO_CHOICES) {
        pick_of_two(&choice);
    } else {
        choice.loop_from = plan_word(choice.plan, PLAN_LOOP_FROM);
        bpf_loop(choice.length, try_cycle, &choice, 0);
    }
    *picked = choice.server;
    return choice.server ? PICKED : PICK_REFUSE;
}

/* Whether its time is up. Connections that were made through it keep it. */
static __always_inline int is_template_over(const struct template *template, __u64 now)
{
    return now > template->last_used + template->timeout && !template->controlled;
}

/* The template of a persistent service's client while it leads to a server that may be used. */
static __always_inline struct template *find_template(const struct template_key *key, const struct settings *settings,
                                                      __u64 now)
{
    struct template *template = bpf_map_lookup_elem(&templates, key);
    struct server *server;

    if (!template || is_template_over(template, now))
        return 0;
    if (!is_available(template->server))
        return 0;
    if (!(settings->flags & SETTING_EXPIRE_QUIESCENT))
        return template;
    server = bpf_map_lookup_elem(&servers, &template->server);
    return server && server->weight ? template : 0;
}

static __always_inline void shift_persistent(__u32 server, int change)
{
    struct server_load *load = load_of(server);

    if (load)
        __sync_fetch_and_add(&load->persistent, change);
}

/* A template that leads nowhere stays beside its successor until its time is up, as IPVS has it. */
static __always_inline void retire_template(const struct template_key *key, const struct template *template, __u64 now)
{
    struct template_key retired = *key;
    struct template old = *template;

    retired.retired = old.server;
    if (is_template_over(&old, now) || bpf_map_update_elem(&templates, &retired, &old, BPF_NOEXIST))
        shift_persistent(old.server, -1);
}

/* Remembers which server a client got, or renews it. */
static __always_inline void keep_template(const struct service *service, const struct template_key *key, __u32 server,
                                          __u64 now)
{
    struct template *template = bpf_map_lookup_elem(&templates, key);

    if (template && template->server == server && !is_template_over(template, now)) {
        template->last_used = now;
        __sync_fetch_and_add(&template->controlled, 1);
        return;
    }
    struct template fresh = {.last_used = now, .timeout = service->persistence, .server = server, .controlled = 1};

    if (template)
        retire_template(key, template, now);
    if (!bpf_map_update_elem(&templates, key, &fresh, BPF_ANY))
        shift_persistent(server, 1);
}

#endif
