package io.jlvs.api.spi;

import io.jlvs.api.Endpoint;

/**
 * A real server as a scheduler sees it. The same object stands for a server from the moment it is added until it is
 * removed, so identity ({@code ==}) may be used; a server removed and added again is another object.
 */
public interface Server {

    Endpoint endpoint();

    /** 0..2147483647 as of the last change. */
    int weight();

    /** The last weight above zero that the server had, 0 if it never had one. */
    int lastWeight();

    /** Connections in SYN_RECV or ESTABLISHED now. UDP is never active. */
    int active();

    /** Connections in any other state now. */
    int inactive();

    /** Whether the upper threshold was reached and the lower one not yet passed downwards. */
    boolean overloaded();

    /** Whether it may get a new connection: weight above zero and not overloaded. */
    default boolean eligible() {
        return weight() > 0 && !overloaded();
    }
}
