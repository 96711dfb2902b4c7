package io.jlvs.api.event;

import io.jlvs.api.Flow;
import io.jlvs.api.ServiceKey;

/** A step in the life of a connection: requested, scheduled, opened, closed; or refused. */
public sealed interface ConnectionEvent extends JlvsEvent
        permits ConnectionRequested, ConnectionScheduled, ConnectionOpened, ConnectionClosed, ConnectionRefused {

    /** The same in all events of one connection, unique while the director runs. */
    long id();

    ServiceKey service();

    Flow flow();
}
