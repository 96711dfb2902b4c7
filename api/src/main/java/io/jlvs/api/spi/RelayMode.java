package io.jlvs.api.spi;

import io.jlvs.api.Endpoint;
import io.jlvs.api.Flow;
import io.jlvs.api.RealServer;
import io.jlvs.api.datapath.DataPathKind;
import java.util.Set;

/** A forwarding mode that works on byte streams and datagrams, and so runs in the {@code user} data path. */
public interface RelayMode extends ForwardingMode {

    /** Where the relay connects to, or sends its datagrams, on behalf of this flow. Called on an event loop. */
    Endpoint destination(Flow flow, RealServer server);

    @Override
    default Set<DataPathKind> dataPaths() {
        return Set.of(DataPathKind.USER);
    }
}
