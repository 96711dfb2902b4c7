package io.jlvs.api.datapath;

import io.jlvs.api.RealServer;
import io.jlvs.api.ServerId;
import io.jlvs.api.event.RefusalReason;

/** The answer to a request for a server. */
public sealed interface Decision {

    /** The connection goes to this server. */
    record Forward(ServerId id, RealServer server) implements Decision {}

    /** The connection is refused, as a closed port would do it. */
    record Refuse(RefusalReason reason) implements Decision {}
}
