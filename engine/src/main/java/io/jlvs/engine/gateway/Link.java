package io.jlvs.engine.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A connection that carries frames. Everything is called on the gateways' loop. */
public interface Link {

    /** The address at the other end, without its port. */
    String address();

    /** Sends a frame; done when it has been handed to the network. */
    Future<Void> write(Buffer json);

    /** Takes no more frames from the network for now; does nothing where they would pile up here instead. */
    void pause();

    /** Takes frames again. */
    void resume();

    /** Ends the connection. */
    void close();
}
