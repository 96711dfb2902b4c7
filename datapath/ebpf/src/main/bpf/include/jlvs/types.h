// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * What lies in the maps. The Java side reads and writes these layouts (io.jlvs.datapath.ebpf.Layouts): a change here is
 * a change there and raises JLVS_LAYOUT. Native byte order, but for the fields marked __be16, and addresses, which are
 * as on the wire. IPv4 is IPv4-mapped IPv6 (::ffff:a.b.c.d), so that both families are one code path.
 */
#ifndef JLVS_TYPES_H
#define JLVS_TYPES_H

#include <linux/types.h>

#define JLVS_LAYOUT 3

struct address {
    union {
        __u8 bytes[16];
        __be32 words[4];
        __u64 halves[2];
    };
};

#define FAMILY_IPV4 4
#define FAMILY_IPV6 6

/* A packet's addresses as it travels one way. 40 bytes. */
struct flow_key {
    struct address src;
    struct address dst;
    __be16 sport;
    __be16 dport;
    __u8 protocol; /* IPPROTO_ */
    __u8 family;   /* of the packet: FAMILY_ */
    __u16 zero;
};

/* Map "services". A mark service has protocol 0 and the mark, native byte order, in address.words[0]. 24 bytes. */
struct service_key {
    struct address address;
    __be16 port; /* 0: every port */
    __u8 protocol;
    __u8 family;
    __u32 zero;
};

#define SERVICE_PERSISTENT 0x1
#define SERVICE_ONE_PACKET 0x2

struct service {
    __u32 id; /* 1.., index into service_traffic and plans */
    __u32 flags;
    __u64 persistence; /* ns */
    struct address netmask; /* which bits of a client's address count; IPv4 in the last word, the others all ones */
};

/* Map "servers", by id. An entry is replaced as a whole. 88 bytes. */
struct server {
    struct address address;
    struct address source; /* the director's address on the way to it: the outer source of tunnels */
    struct service_key service;
    __be16 port; /* 0: the packet's */
    __u8 family;
    __u8 mode; /* index into mode_programs */
    __u32 weight;
    __u32 upper; /* thresholds, 0: no limit */
    __u32 lower; /* reopening below this: never 0 when upper is set */
    __u8 tunnel_type; /* TUNNEL_ */
    __u8 tunnel_flags; /* TUNNEL_ */
    __be16 tunnel_port;
    __u32 zero[3];
};

#define TUNNEL_IPIP 0
#define TUNNEL_GUE 1
#define TUNNEL_GRE 2
#define TUNNEL_CHECKSUM 0x1
#define TUNNEL_REMOTE_CHECKSUM 0x2 /* as TUNNEL_CHECKSUM: what IPVS sends when the packet inside has its own */

/* Map "server_loads", by server id; may be mapped into memory. 32 bytes. */
struct server_load {
    __u32 active;
    __u32 inactive;
    __u32 persistent; /* templates */
    __u32 overloaded; /* 0 or 1 */
    __u32 available;  /* 1 while configured: set by Java last when it comes, first when it goes */
    __u32 counted_active; /* what the last sweep found */
    __u32 counted_inactive;
    __u32 counted_persistent;
};

/* Maps "service_traffic" and "server_traffic", by id and CPU. 40 bytes. */
struct traffic {
    __u64 connections;
    __u64 in_packets;
    __u64 out_packets;
    __u64 in_bytes; /* IP total length */
    __u64 out_bytes;
};

/* TCP's states as IPVS numbers them, then those of UDP and SCTP: indexes into settings.timeouts. */
enum state {
    STATE_NONE,
    STATE_ESTABLISHED,
    STATE_SYN_SENT,
    STATE_SYN_RECV,
    STATE_FIN_WAIT,
    STATE_TIME_WAIT,
    STATE_CLOSE,
    STATE_CLOSE_WAIT,
    STATE_LAST_ACK,
    STATE_LISTEN,
    STATE_SYNACK,
    STATE_UDP,
    STATE_SCTP_NONE,
    STATE_SCTP_INIT1,
    STATE_SCTP_INIT,
    STATE_SCTP_CLIENT_SENT,
    STATE_SCTP_CLIENT_REPLIED,
    STATE_SCTP_CLIENT_WAIT,
    STATE_SCTP_COOKIE,
    STATE_SCTP_CLIENT_ECHOED,
    STATE_SCTP_ESTABLISHED,
    STATE_SCTP_SHUTDOWN_SENT,
    STATE_SCTP_SHUTDOWN_RECEIVED,
    STATE_SCTP_SHUTDOWN_ACK_SENT,
    STATE_SCTP_REJECTED,
    STATE_SCTP_CLOSED,
    STATES = 32 /* a power of two */
};

#define TCP_STATES 11

#define CONNECTION_REPLY 0x1      /* this entry is the way back: src is the server */
#define CONNECTION_HAS_REPLY 0x2  /* an entry of the way back exists, its key is the reverse of out. Without it only
                                     the client's packets are seen: dr, tun */
#define CONNECTION_CONTROLLED 0x4 /* made through a template of its service */
#define CONNECTION_LOCAL 0x8      /* a reply entry: the server is the director itself */
#define CONNECTION_FRESH 0x10     /* written but not begun: its first packet is still to be counted */
#define CONNECTION_TOLD 0x20      /* its end was told as an event */
#define CONNECTION_COPY 0x40      /* another director's, until a packet of it comes here */
#define CONNECTION_SENT_SHIFT 8   /* five bits: the state that other directors were told last, STATE_NONE for never */
#define CONNECTION_SENT (0x1f << CONNECTION_SENT_SHIFT)

/*
 * Map "connections": the key is the flow as it comes in, out is the flow as it leaves. The entry of a reply has the same
 * shape, so one lookup finds either; state, times and bytes are kept in the forward entry, whose key is the reverse of
 * the reply's out. 112 bytes.
 */
struct connection {
    struct flow_key out;
    __u64 started;   /* ns, CLOCK_MONOTONIC */
    __u64 last_seen; /* ns, coarse clock; of a reply entry: when it last touched the forward entry */
    __u64 timeout;   /* ns after last_seen, as it was set for its state at that time */
    __u64 in_bytes;  /* IP total length; not exact when a flow is on several CPUs at once */
    __u64 out_bytes;
    __u32 service;
    __u32 server;
    __u32 state; /* enum state */
    __u32 flags; /* CONNECTION_ */
    __u32 mode;
    __u32 mode_data; /* the mode's own */
    __u32 connect;   /* us from the first packet to the server's answer, 0 while unseen */
    __u32 in_packets; /* not exact when a flow is on several CPUs at once */
};

/* Map "templates". */
struct template_key {
    struct address client; /* masked */
    __u32 service;
    __u32 retired; /* 0, or the server of one that leads nowhere any more and waits for its end */
};

/* 32 bytes. */
struct template {
    __u64 last_used; /* ns: the last new connection */
    __u64 timeout;   /* ns */
    __u32 server;
    __u32 controlled; /* connections made through it that still have an entry */
    __u32 assured;    /* 1 once its server was seen to answer one of them */
    __u32 sent;       /* 0, or what other directors were told last: sync.h */
};

/* Maps "sync_connections" and "sync_templates": what is told to other directors, or taken from them, one after another. */
struct synced_connection {
    struct flow_key flow;
    struct connection connection;
};

struct synced_template {
    struct template_key key;
    struct template template;
};

/* Map "fragments": the ports of a datagram whose first fragment was seen. */
struct fragment_key {
    struct address src;
    struct address dst;
    __u32 id;
    __u8 protocol;
    __u8 zero[3];
};

struct fragment {
    __be16 sport;
    __be16 dport;
};

/*
 * Map "routes", for each CPU a direct-mapped cache of the kernel's routes: where packets to an address leave. An entry is
 * looked up again after ROUTE_AGE.
 */
struct route {
    struct address to;
    struct address nexthop;
    __u64 looked_up; /* ns, 0: never */
    __u64 silent;    /* ns: since when the next hop has not told its link address; 0 when it has */
    __u32 ifindex;   /* 0: there is no way */
    __u32 mtu;       /* 0: not known */
    __u8 to_family;
    __u8 family; /* of nexthop */
    __u8 local;  /* the address is the director's own */
    __u8 zero[5];
};

#define LATENCY_BUCKETS 16

/* Map "connect_latencies": how long a server took to answer the first packet of TCP connections (nat). 136 bytes. */
struct latency {
    __u64 counts[LATENCY_BUCKETS]; /* by latency_bucket(), not added up */
    __u64 sum;                     /* ns */
};

#define SETTING_MARKS 0x1             /* there is a mark service */
#define SETTING_ANY_PORT 0x2          /* there is a service of every port */
#define SETTING_EXPIRE_NODEST 0x4     /* IPVS's expire_nodest_conn */
#define SETTING_EXPIRE_QUIESCENT 0x8  /* IPVS's expire_quiescent_template */
#define SETTING_EVENTS 0x10           /* publish connection events */
#define SETTING_LOCAL_REPLIES 0x20    /* translate what the director's own servers answer (egress) */
#define SETTING_SLOPPY_TCP 0x40       /* IPVS's sloppy_tcp */
#define SETTING_SECURE_TCP 0x80       /* IPVS's secure_tcp is in effect */
#define SETTING_DROP_ENTRIES 0x100    /* IPVS's drop_entry is in effect */
#define SETTING_SLOPPY_SCTP 0x200     /* IPVS's sloppy_sctp */

/* Map "settings", one entry. */
struct settings {
    __u64 timeouts[STATES]; /* ns */
    __u32 flags;
    __u32 conn_reuse_mode; /* IPVS's */
    __u32 drop_rate;       /* IPVS's drop_packet in effect: one of so many packets that would begin a connection is
                              dropped; 0: none */
    __u32 zero;
};

/* Map "drops", by reason and CPU: a counter of packets. Java shows the names in lower case. */
enum drop {
    DROP_MALFORMED,     /* shorter than its headers say */
    DROP_NO_SERVER,     /* refused: no server may be used */
    DROP_NO_ROUTE,      /* no way to the server */
    DROP_TOO_BIG,       /* answered with "too big" */
    DROP_TTL,           /* answered with "time exceeded" */
    DROP_SERVER_GONE,   /* the connection's server was removed */
    DROP_TABLE_FULL,    /* no room for a connection */
    DROP_NO_MODE,       /* the mode's program is not loaded */
    DROP_ASK_LOST,      /* the ring to Java was full */
    DROP_ASKED,         /* taken up to Java: not a loss */
    DROP_NO_PORT,       /* a mode found no free local port */
    DROP_EVENT_LOST,    /* an event, not a packet: the ring was full */
    DROP_DEFENDED,      /* it would have begun a connection, but drop_packet is in effect */
    DROPS
};

enum event_type { EVENT_SCHEDULED, EVENT_OPENED, EVENT_CLOSED, EVENT_REFUSED };

enum close_cause { CLOSE_FINISHED, CLOSE_CLIENT_RESET, CLOSE_SERVER_RESET, CLOSE_IDLE, CLOSE_REPLACED };

/* Ring "events", read now and then. 104 bytes. */
struct event {
    __u32 type;
    __u32 cause; /* EVENT_CLOSED: enum close_cause */
    __u64 at;    /* ns, CLOCK_MONOTONIC */
    __u64 started;
    __u64 in_bytes;
    __u64 out_bytes;
    __u32 service;
    __u32 server;
    struct flow_key flow; /* client to VIP */
    __u64 connect;        /* EVENT_OPENED of nat: ns from SYN to the server's answer, else 0 */
    __u64 persistent;     /* EVENT_SCHEDULED: 1 when by a template */
};

#define ASK_PACKET 2048

/* Ring "asks", which wakes its reader: the first packet of a flow that Java schedules. */
struct ask {
    struct flow_key flow;
    __u32 service;
    __u32 ifindex; /* where it came in */
    __u32 mark;
    __u32 length; /* of the packet from its link header on; what is longer than ASK_PACKET is not asked */
    __u8 packet[ASK_PACKET];
};

#endif
