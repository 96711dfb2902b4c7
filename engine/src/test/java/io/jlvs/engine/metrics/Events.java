package io.jlvs.engine.metrics;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.Protocol;
import io.jlvs.api.ServiceKey;
import io.jlvs.api.event.ConnectionOpened;
import io.jlvs.api.event.ConnectionRefused;
import io.jlvs.api.event.ConnectionScheduled;
import io.jlvs.api.event.RefusalReason;

/** Events of one client's connections to 10.0.0.100:80. */
final class Events {

    private static final Flow FLOW =
            new Flow(Protocol.TCP, Endpoint.of("192.0.2.7", 40000), Endpoint.of("10.0.0.100", 80));

    private Events() {}

    static ConnectionScheduled scheduled(ServiceKey service, Endpoint server, ConnectionScheduled.How how, long nanos) {
        return new ConnectionScheduled(0, 1, service, FLOW, server, "rr", how, nanos);
    }

    static ConnectionOpened opened(ServiceKey service, Endpoint server, long connectNanos) {
        return new ConnectionOpened(0, 1, service, FLOW, server, connectNanos);
    }

    static ConnectionRefused refused(ServiceKey service, RefusalReason reason) {
        return new ConnectionRefused(0, 1, service, FLOW, reason);
    }
}
