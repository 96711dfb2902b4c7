// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Connections that directors tell each other. No packet is the slower for it: "gather" goes over the tables and finds what
 * is new by marks in the entries (gather.h), "adopt" enters what others have told (adopt.h).
 */
#ifndef JLVS_SYNC_H
#define JLVS_SYNC_H

#include "established.h"
#include "schedule.h"

#define SYNC_CONNECTIONS 16384
#define SYNC_TEMPLATES 4096

/* What a template was told as, or as what it was taken. */
#define TEMPLATE_COPY 0x80000000U /* another director's as long as its last_used, in the other bits, is the same */
#define TEMPLATE_SENT 0x40000000U

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

#endif
