package io.jlvs.e2e.lab;

import java.util.List;

/** A client, a director without an engine yet, and three real servers. Closing it closes its lab. */
public sealed interface Topology extends AutoCloseable permits OneArm, TwoArm {

    /** The virtual IPv4 address. */
    String VIP = "10.0.0.100";

    /** The virtual IPv6 address. */
    String VIP6 = "fd00::100";

    /** The number of real servers. */
    int SERVERS = 3;

    Lab lab();

    /** 10.0.0.2 and fd00::2 at {@code eth0}. */
    Host client();

    /** 10.0.0.1, fd00::1 and both virtual addresses at {@code eth0}. */
    Host director();

    /** The servers s1, s2 and s3. */
    List<Server> servers();

    /** The virtual address of a family. */
    static String vip(Family family) {
        return family == Family.IPV4 ? VIP : VIP6;
    }

    @Override
    default void close() {
        lab().close();
    }
}
