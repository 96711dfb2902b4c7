package io.jlvs.engine.cluster.sync;

/**
 * The numbers of the format, version 1: docs/cluster-sync.md has the layout. All numbers are big-endian and unsigned.
 *
 * <pre>
 * message   magic 2 "JS", version 1, syncid 1, held 4 (ms), then records
 * record    kind 1, zero 1, length 2 (of what follows)
 * </pre>
 */
final class Wire {

    static final short MAGIC = 0x4a53;
    static final byte VERSION = 1;

    static final int HEADER = 8;

    /** Where the header says how long its oldest record has waited. */
    static final int HELD = 4;

    static final int RECORD_HEADER = 4;

    /** Longer than any record. */
    static final int LONGEST_RECORD = 160;

    static final byte CONNECTION = 1;
    static final byte TEMPLATE = 2;

    /** Client and VIP are IPv6. */
    static final int IPV6 = 0x1;

    /** The server is IPv6. */
    static final int SERVER_IPV6 = 0x2;

    /** The connection's answers come back through the director. */
    static final int RETURNS = 0x4;

    /** A source address and port follow: the server does not see the client's own. */
    static final int SOURCE = 0x8;

    /** The service is that of every port of the VIP. */
    static final int ANY_PORT = 0x10;

    /** The service is that of a firewall mark, which follows. */
    static final int MARK = 0x20;

    /** The template's server was seen to answer. */
    static final int ASSURED = 0x40;

    private Wire() {}
}
