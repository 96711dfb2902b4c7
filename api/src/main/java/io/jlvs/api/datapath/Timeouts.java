package io.jlvs.api.datapath;

import java.time.Duration;

/**
 * How long a silent connection is kept ({@code ipvsadm --set}).
 *
 * @param tcp ESTABLISHED
 * @param tcpFin FIN_WAIT; the other closing states have times of their own
 * @param udp UDP
 */
public record Timeouts(Duration tcp, Duration tcpFin, Duration udp) {

    /** IPVS's. */
    public static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofMinutes(15), Duration.ofMinutes(2), Duration.ofMinutes(5));
}
