package io.jlvs.api.event;

import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;

/** A client was turned away. */
public record ConnectionRefused(long at, long id, ServiceKey service, Flow flow, RefusalReason reason)
        implements ConnectionEvent {}
