package io.jlvs.api.client;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Events that come in until it is ended. */
public final class Subscription {

    private final List<MessageConsumer<Object>> consumers;

    private Subscription(List<MessageConsumer<Object>> consumers) {
        this.consumers = consumers;
    }

    static Subscription begin(EventBus bus, Stream<BusAddress> addresses, Consumer<Told> handler) {
        return new Subscription(addresses
                .map(address -> {
                    var unread = new AtomicLong();
                    return bus.<Object>consumer(address.address(), message -> tell(message, unread, handler));
                })
                .toList());
    }

    /** Completes when all directors on the bus know of it. */
    public Future<?> begun() {
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList());
    }

    /** Completes when nothing comes any more. */
    public Future<?> end() {
        return Future.all(consumers.stream().map(MessageConsumer::unregister).toList());
    }

    /** On a director's own bus events are records, elsewhere JSON. */
    private static void tell(Message<Object> message, AtomicLong unread, Consumer<Told> handler) {
        switch (message.body()) {
            case JlvsEvent event -> handler.accept(new Told(event, "", 0));
            case JsonObject json -> tell(json, unread, handler);
            default -> unread.incrementAndGet();
        }
    }

    private static void tell(JsonObject json, AtomicLong unread, Consumer<Told> handler) {
        JlvsEvent event;
        try {
            event = EventJson.event(json);
        } catch (IllegalArgumentException e) {
            unread.incrementAndGet(); // of a newer API
            return;
        }
        var missed = json.getValue("missed") instanceof Number number ? number.longValue() : 0;
        var director = json.getValue("director") instanceof String name ? name : "";
        handler.accept(new Told(event, director, missed + unread.getAndSet(0)));
    }
}
