package io.jlvs.datapath.ebpf;

import io.jlvs.api.datapath.Timeouts;
import java.time.Duration;

/** {@code enum state}, in its order; the timeouts are IPVS's. */
enum ConnectionState {
    NONE(2),
    ESTABLISHED(900),
    SYN_SENT(120),
    SYN_RECV(60),
    FIN_WAIT(120),
    TIME_WAIT(120),
    CLOSE(10),
    CLOSE_WAIT(60),
    LAST_ACK(30),
    LISTEN(120),
    SYNACK(120),
    UDP(300),
    SCTP(900);

    private static final ConnectionState[] VALUES = values();

    private final Duration timeout;

    ConnectionState(int seconds) {
        this.timeout = Duration.ofSeconds(seconds);
    }

    static ConnectionState of(int number) {
        return number >= 0 && number < VALUES.length ? VALUES[number] : NONE;
    }

    /** How long a silent connection is kept in this state. */
    Duration timeout(Timeouts set) {
        return switch (this) {
            case ESTABLISHED -> set.tcp();
            case FIN_WAIT -> set.tcpFin();
            case UDP -> set.udp();
            default -> timeout;
        };
    }
}
