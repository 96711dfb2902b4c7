package io.jlvs.engine.schedule;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands an {@link Ask} over as it is: it never leaves the process. */
final class AskCodec implements MessageCodec<Ask, Ask> {

    static final String NAME = "jlvs-ask";

    @Override
    public Ask transform(Ask ask) {
        return ask;
    }

    @Override
    public void encodeToWire(Buffer buffer, Ask ask) {
        throw new UnsupportedOperationException("asks are local");
    }

    @Override
    public Ask decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("asks are local");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
