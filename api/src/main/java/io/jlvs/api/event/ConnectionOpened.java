package io.jlvs.api.event;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;

/**
 * The server has accepted the connection, or a UDP session has begun.
 *
 * @param connectNanos from the attempt to connect until the server accepted; 0 for UDP
 */
public record ConnectionOpened(long at, long id, ServiceKey service, Flow flow, Endpoint server, long connectNanos)
        implements ConnectionEvent {}
