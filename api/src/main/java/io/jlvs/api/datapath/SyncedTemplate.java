package io.jlvs.api.datapath;

import io.jlvs.api.AddressFamily;
import io.jlvs.api.Endpoint;
import io.jlvs.api.ServiceKey;
import java.net.InetAddress;
import java.time.Duration;

/**
 * A persistence template of another director's.
 *
 * @param client masked
 * @param assured whether the server was seen to answer
 * @param silent since the client's last new connection
 */
public record SyncedTemplate(
        ServiceKey service, InetAddress client, Endpoint server, boolean assured, Duration silent, Duration timeout)
        implements SyncedEntry {

    /** @throws IllegalArgumentException if it can't be, saying what was expected */
    public SyncedTemplate {
        if (AddressFamily.of(client) != service.family()) {
            throw new IllegalArgumentException("no such template can be: expected client and service of one family");
        }
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0 || silent.isNegative()) {
            throw new IllegalArgumentException("no such template can be: expected a timeout of up to 31 days");
        }
    }
}
