package io.jlvs.api;

import java.util.Locale;

/** A transport protocol that a virtual service can balance, with its IANA protocol number. */
public enum Protocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /** The number in the IP header (IANA "Assigned Internet Protocol Numbers"). */
    public int number() {
        return number;
    }

    /** The name in lower case, as payloads, labels and the services file have it: {@code tcp}. */
    public String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
