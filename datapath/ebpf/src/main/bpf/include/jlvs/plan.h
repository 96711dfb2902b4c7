// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* What lies in a plan; the Java side writes it (io.jlvs.datapath.ebpf.PlanWords). */
#ifndef JLVS_PLAN_H
#define JLVS_PLAN_H

/*
 * A plan is an array map of __u32 words, one plan for each service (map "plans"), replaced as a whole. Schedulers that
 * offer none have kind PLAN_ASK; a service that has no entry in "plans" has no server.
 */
#define PLAN_ASK 0
#define PLAN_CYCLE 1
#define PLAN_COST 2
#define PLAN_SLOTS 3
#define PLAN_HEAVIEST 4
#define PLAN_TWO_CHOICES 5

enum plan_word {
    PLAN_KIND,
    PLAN_LENGTH,    /* how many server words follow PLAN_SERVERS */
    PLAN_LOOP_FROM, /* cycle: after the last server it goes on with this one, 0..length-1 */
    PLAN_POSITION,  /* cycle: how many places were walked, those stepped over included; written by the programs */
    PLAN_ACTIVE,    /* cost = (active * PLAN_ACTIVE + inactive * PLAN_INACTIVE + PLAN_CONSTANT) / weight, of
                       PLAN_COST and PLAN_TWO_CHOICES */
    PLAN_INACTIVE,
    PLAN_CONSTANT,
    PLAN_FLAGS,
    PLAN_SERVERS /* server ids, 0 for none */
};

#define PLAN_UNWEIGHTED 0x1  /* cost: not divided by the weight */
#define PLAN_IDLE_FIRST 0x2  /* cost: the first server without an active connection, if there is one */
#define PLAN_WITH_PORT 0x4   /* slots: the client's port is hashed too */
#define PLAN_FALLBACK 0x8    /* slots: go on to other slots when the server may not be used */
#define PLAN_MULTIPLY 0x10   /* slots: the multiplicative hash of sh and dh, else Maglev's */
#define PLAN_DESTINATION 0x20 /* slots: hash the virtual address, else the client's */
#define PLAN_WITHIN_WEIGHT 0x40 /* heaviest: without those that have more active connections than weight */

#endif
