package io.jlvs.api.datapath;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;
import java.time.Duration;

/**
 * A connection of another director's.
 *
 * @param source the client as the real server sees it: the client's own address and port, but in full NAT
 * @param server where its packets go; a server of a mark service has the port of the packets
 * @param mode the name of its forwarding mode
 * @param state as IPVS numbers the states of the protocol: TCP 0 (NONE), 1 (ESTABLISHED) .. 10 (SYNACK), UDP 0, SCTP 0
 *     (NONE) .. 13 (CLOSED)
 * @param returns whether its answers come back through the director
 * @param age since its first packet
 */
public record SyncedConnection(
        ServiceKey service,
        Flow flow,
        Endpoint source,
        Endpoint server,
        String mode,
        int state,
        boolean returns,
        Duration silent,
        Duration timeout,
        Duration age)
        implements SyncedEntry {

    private static final int LONGEST_MODE = 16;

    /** @throws IllegalArgumentException if it can't be, saying what was expected */
    public SyncedConnection {
        check(state >= 0 && state <= lastState(flow), "state " + state + " of " + flow.protocol());
        check(service.family() == flow.client().family(), "client and service of one family");
        check(flow.client().family() == flow.virtual().family(), "client and VIP of one family");
        check(source.equals(flow.client()) || source.family() == server.family(), "source and server of one family");
        check(!mode.isEmpty() && mode.length() <= LONGEST_MODE, "a mode's name of 1..16 characters");
        check(mode.chars().allMatch(c -> c > ' ' && c < 127), "a mode's name in ASCII");
        check(timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0, "a timeout of up to 31 days");
        check(!silent.isNegative() && !age.isNegative(), "times that have passed");
    }

    private static int lastState(Flow flow) {
        return switch (flow.protocol()) {
            case TCP -> 10;
            case UDP -> 0;
            case SCTP -> 13;
        };
    }

    private static void check(boolean right, String expected) {
        if (!right) {
            throw new IllegalArgumentException("no such connection can be: expected " + expected);
        }
    }
}
