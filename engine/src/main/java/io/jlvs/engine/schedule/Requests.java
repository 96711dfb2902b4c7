package io.jlvs.engine.schedule;

import io.jlvs.api.spi.Bus;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The engine's event bus, for questions that are worth an answer until a deadline. To be used on an event loop. */
final class Requests implements Bus {

    private final EventBus bus;
    private final DeliveryOptions options;

    Requests(EventBus bus, Duration deadline) {
        this.bus = bus;
        this.options = new DeliveryOptions().setSendTimeout(deadline.toMillis());
    }

    @Override
    public CompletionStage<Map<String, Object>> request(String address, Map<String, ?> question) {
        return bus.<Object>request(address, new JsonObject(Map.copyOf(question)), options)
                .map(answer -> object(answer.body()))
                .toCompletionStage();
    }

    private static Map<String, Object> object(@Nullable Object body) {
        if (body instanceof JsonObject object) {
            return object.getMap();
        }
        throw new IllegalArgumentException("expected a JSON object, the answer is " + body);
    }
}
