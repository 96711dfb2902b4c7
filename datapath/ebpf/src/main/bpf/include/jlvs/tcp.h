// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/* TCP as a director sees it: the state tables of IPVS. */
#ifndef JLVS_TCP_H
#define JLVS_TCP_H

#include "parse.h"

enum tcp_event { EVENT_SYN, EVENT_FIN, EVENT_ACK, EVENT_RST, TCP_EVENTS };

enum tcp_view { VIEW_CLIENT, VIEW_SERVER, VIEW_ONE_WAY, TCP_VIEWS };

#define NO STATE_NONE
#define ES STATE_ESTABLISHED
#define SS STATE_SYN_SENT
#define SR STATE_SYN_RECV
#define FW STATE_FIN_WAIT
#define TW STATE_TIME_WAIT
#define CL STATE_CLOSE
#define CW STATE_CLOSE_WAIT
#define LA STATE_LAST_ACK
#define LI STATE_LISTEN
#define SA STATE_SYNACK

#define TCP_ROW 16   /* a power of two, not less than the states */
#define TCP_TABLES 8 /* a power of two, not less than twice the views */

/* The next state by view, event and state. */
static const __u8 tcp_next[TCP_TABLES][TCP_EVENTS][TCP_ROW] = {
    [VIEW_CLIENT] = {
        /*              NO  ES  SS  SR  FW  TW  CL  CW  LA  LI  SA */
        [EVENT_SYN] = { SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR },
        [EVENT_FIN] = { CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, TW },
        [EVENT_ACK] = { ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
        [EVENT_RST] = { CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, SR },
    },
    [VIEW_SERVER] = {
        [EVENT_SYN] = { SS, ES, SS, SR, SS, SS, SS, SS, SS, LI, SR },
        [EVENT_FIN] = { TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW },
        [EVENT_ACK] = { ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES },
        [EVENT_RST] = { CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL },
    },
    [VIEW_ONE_WAY] = {
        [EVENT_SYN] = { SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SR },
        [EVENT_FIN] = { CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW },
        [EVENT_ACK] = { ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
        [EVENT_RST] = { CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
    },
    /* With secure_tcp: a client is believed after its server has answered. */
    [TCP_VIEWS + VIEW_CLIENT] = {
        [EVENT_SYN] = { SR, ES, ES, SR, SR, SR, SR, SR, SR, SR, SA },
        [EVENT_FIN] = { CL, CW, SS, TW, TW, TW, CL, CW, LA, LI, SA },
        [EVENT_ACK] = { ES, ES, SS, SR, FW, TW, CL, CW, CL, LI, SA },
        [EVENT_RST] = { CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
    },
    [TCP_VIEWS + VIEW_SERVER] = {
        [EVENT_SYN] = { SS, ES, SS, SA, SS, SS, SS, SS, SS, LI, SA },
        [EVENT_FIN] = { TW, FW, SS, TW, FW, TW, CL, TW, LA, LI, TW },
        [EVENT_ACK] = { ES, ES, SS, ES, FW, TW, CL, CW, LA, ES, ES },
        [EVENT_RST] = { CL, CL, SS, CL, CL, TW, CL, CL, CL, CL, CL },
    },
    [TCP_VIEWS + VIEW_ONE_WAY] = {
        [EVENT_SYN] = { SA, ES, ES, SR, SA, SA, SA, SA, SA, SA, SA },
        [EVENT_FIN] = { CL, FW, SS, TW, FW, TW, CL, CW, LA, LI, TW },
        [EVENT_ACK] = { ES, ES, SS, ES, FW, TW, CL, CW, CL, LI, ES },
        [EVENT_RST] = { CL, CL, CL, SR, CL, CL, CL, CL, LA, LI, CL },
    },
};

#undef NO
#undef ES
#undef SS
#undef SR
#undef FW
#undef TW
#undef CL
#undef CW
#undef LA
#undef LI
#undef SA

/* The state after a segment. One without any of the four flags closes, as in IPVS. */
static __always_inline __u32 tcp_after(__u32 state, __u32 view, __u8 flags, int secure)
{
    __u32 event;

    if (flags & TCP_RST)
        event = EVENT_RST;
    else if (flags & TCP_SYN)
        event = EVENT_SYN;
    else if (flags & TCP_FIN)
        event = EVENT_FIN;
    else if (flags & TCP_ACK)
        event = EVENT_ACK;
    else
        return STATE_CLOSE;
    if (view >= TCP_VIEWS || state >= TCP_STATES)
        return state;
    if (secure)
        view += TCP_VIEWS;
    barrier_var(view); /* the verifier of 6.1 needs to see both bounds */
    barrier_var(state);
    return tcp_next[view & (TCP_TABLES - 1)][event][state & (TCP_ROW - 1)];
}

/* Whether a connection in this state counts as active. */
static __always_inline int is_active(__u32 state)
{
    return state == STATE_ESTABLISHED || state == STATE_SYN_SENT || state == STATE_SYN_RECV || state == STATE_SYNACK ||
           state == STATE_SCTP_ESTABLISHED;
}

#endif
