package io.jlvs.engine.cluster;

import java.util.List;

/** Sends frames that were made here. */
@FunctionalInterface
public interface Wire {

    /**
     * Sends them in their order.
     *
     * @param ifindex of the interface that they leave by
     * @throws RuntimeException saying why they can't be sent
     */
    void send(int ifindex, List<byte[]> frames);
}
