package io.jlvs.api.event;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;
import java.util.Set;

/**
 * A client wants a connection. Asked again for the same connection when the server that was picked could not be reached
 * before any byte was sent.
 *
 * @param unreachable the servers that were tried for this connection in vain
 */
public record ConnectionRequested(long at, long id, ServiceKey service, Flow flow, Set<Endpoint> unreachable)
        implements ConnectionEvent {

    public ConnectionRequested {
        unreachable = Set.copyOf(unreachable);
    }
}
