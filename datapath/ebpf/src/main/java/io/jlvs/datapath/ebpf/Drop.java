package io.jlvs.datapath.ebpf;

import java.util.Locale;

/** {@code enum drop}, in its order. */
enum Drop {
    MALFORMED,
    NO_SERVER,
    NO_ROUTE,
    TOO_BIG,
    TTL,
    SERVER_GONE,
    TABLE_FULL,
    NO_MODE,
    ASK_LOST,
    ASKED,
    NO_PORT,
    EVENT_LOST,
    DEFENDED;

    /** Whether it is a packet that is lost; the others are counted beside those. */
    boolean isLoss() {
        return this != ASKED && this != EVENT_LOST;
    }

    /** {@code no-server}. */
    String lowerName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
