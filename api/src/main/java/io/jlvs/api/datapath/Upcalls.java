package io.jlvs.api.datapath;

import io.jlvs.api.event.ConnectionRequested;
import io.jlvs.api.event.JlvsEvent;
import java.util.function.Consumer;

/** What a data path asks and tells the control plane. No call blocks. */
public interface Upcalls {

    /**
     * Asks which server gets a connection.
     *
     * @param answer called exactly once, on any thread. For {@link Decision.Forward} the data path counts the connection
     *     in the server's {@link ServerLoad} before it returns, so that the next pick sees it
     */
    void schedule(ConnectionRequested request, Consumer<Decision> answer);

    /** Tells what happened: opened, closed, refused, overload. */
    void publish(JlvsEvent event);
}
