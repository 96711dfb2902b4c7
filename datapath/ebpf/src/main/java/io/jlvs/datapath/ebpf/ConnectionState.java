package io.jlvs.datapath.ebpf;

import io.jlvs.api.Protocol;
import io.jlvs.api.datapath.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    SCTP_NONE("NONE", 2),
    SCTP_INIT1("INIT1", 4),
    SCTP_INIT("INIT", 61),
    SCTP_CLIENT_SENT("C-SENT", 61),
    SCTP_CLIENT_REPLIED("C-REPLIED", 61),
    SCTP_CLIENT_WAIT("C-WAIT", 61),
    SCTP_COOKIE("COOKIE", 61),
    SCTP_CLIENT_ECHOED("C-ECHOED", 61),
    SCTP_ESTABLISHED("ESTABLISHED", 900),
    SCTP_SHUTDOWN_SENT("S-SENT", 61),
    SCTP_SHUTDOWN_RECEIVED("S-RECEIVED", 61),
    SCTP_SHUTDOWN_ACK_SENT("S-ACK-SENT", 61),
    SCTP_REJECTED("REJECTED", 4),
    SCTP_CLOSED("CLOSED", 61);

    private static final ConnectionState[] VALUES = values();

    private final @Nullable String shownAs;
    private final Duration timeout;

    ConnectionState(int seconds) {
        this(null, seconds);
    }

    ConnectionState(@Nullable String shownAs, int seconds) {
        this.shownAs = shownAs;
        this.timeout = Duration.ofSeconds(seconds);
    }

    /** As IPVS lists it. */
    String word() {
        return shownAs == null ? name() : shownAs;
    }

    static ConnectionState of(int number) {
        return number >= 0 && number < VALUES.length ? VALUES[number] : NONE;
    }

    /** Whether other directors are told of it: who takes over can't finish a handshake. As is_worth_telling in gather.h. */
    boolean isWorthTelling() {
        return switch (this) {
            case ESTABLISHED, FIN_WAIT, TIME_WAIT, CLOSE, CLOSE_WAIT, UDP -> true;
            case SCTP_ESTABLISHED, SCTP_SHUTDOWN_SENT, SCTP_SHUTDOWN_RECEIVED, SCTP_SHUTDOWN_ACK_SENT, SCTP_CLOSED ->
                true;
            default -> false;
        };
    }

    /** The number of the first state of a protocol; IPVS counts those of each from 0. */
    static int first(Protocol protocol) {
        return switch (protocol) {
            case TCP -> 0;
            case UDP -> 11;
            case SCTP -> 12;
        };
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
