package io.jlvs.engine.gateway;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The frames that Vert.x's bridges send. What they take is the same in both. */
public enum Dialect {
    /** Of vertx-tcp-eventbus-bridge. */
    TCP("message", "message"),
    /** Of the bridge for WebSockets and SockJS in vertx-web, whose clients know no {@code pong}. */
    WEBSOCKET("rec", "body");

    private final String message;
    private final String reason;

    Dialect(String message, String reason) {
        this.message = message;
        this.reason = reason;
    }

    /** What was published at an address. */
    JsonObject event(String address, @Nullable Object body) {
        return JsonObject.of("type", message, "address", address, "body", body);
    }

    /** The reply to a request. */
    JsonObject reply(String replyAddress, @Nullable Object body) {
        return JsonObject.of("type", message, "address", replyAddress, "body", body);
    }

    /** A request that was refused by who it went to, or that nobody answered. */
    JsonObject failure(String replyAddress, String address, ReplyException failure) {
        return new JsonObject()
                .put("type", "err")
                .put("address", replyAddress)
                .put("sourceAddress", address)
                .put("failureCode", failure.failureCode())
                .put("failureType", failure.failureType().name())
                .put("message", failure.getMessage());
    }

    /** A frame that was refused here: one word such as {@code access_denied}. */
    JsonObject refusal(String word, @Nullable Object replyAddress) {
        var frame = JsonObject.of("type", "err", reason, word);
        return replyAddress == null ? frame : frame.put("address", replyAddress);
    }

    /** What a ping is answered with. */
    @Nullable
    JsonObject pong() {
        return this == TCP ? JsonObject.of("type", "pong") : null;
    }
}
