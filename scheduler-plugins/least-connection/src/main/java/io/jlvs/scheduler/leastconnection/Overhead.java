package io.jlvs.scheduler.leastconnection;

import io.jlvs.api.spi.Server;

/** What a server has to carry, as IPVS weighs it. */
final class Overhead {

    private Overhead() {}

    /** An active connection weighs as much as 256 inactive ones. */
    static long of(Server server) {
        return ((long) server.active() << 8) + server.inactive();
    }
}
