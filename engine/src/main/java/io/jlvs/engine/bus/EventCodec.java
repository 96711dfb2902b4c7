package io.jlvs.engine.bus;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/** Events on the bus: the record itself within this process, JSON between processes. */
public final class EventCodec implements MessageCodec<JlvsEvent, JlvsEvent> {

    /** The name that a sender gives in its {@link io.vertx.core.eventbus.DeliveryOptions}. */
    public static final String NAME = "jlvs-event";

    @Override
    public JlvsEvent transform(JlvsEvent event) {
        return event;
    }

    @Override
    public void encodeToWire(Buffer buffer, JlvsEvent event) {
        EventJson.toJson(event).writeToBuffer(buffer);
    }

    @Override
    public JlvsEvent decodeFromWire(int position, Buffer buffer) {
        var json = new JsonObject();
        json.readFromBuffer(position, buffer);
        return EventJson.event(json);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Minus one: not a codec of Vert.x itself. */
    @Override
    public byte systemCodecID() {
        return -1;
    }
}
