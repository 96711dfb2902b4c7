package io.jlvs.engine.gateway;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.engine.bus.CommandBus;
import io.jlvs.engine.bus.Role;
import io.jlvs.engine.gateway.Doorkeeper.Answer;
import io.jlvs.engine.gateway.Tokens.Holder;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One who has come in. Frames are carried out one after the other: the next one is looked at when what the last one was
 * answered with has been handed to the network, so that who asks and does not read is not answered for long. A frame
 * with a {@code token} among its headers logs the session in. Used by one event loop.
 */
public final class Session implements Feed.Listener {

    /** Of a frame. */
    public static final int MAX_FRAME_BYTES = 64 << 10;

    private static final int PAUSED_AT = 8; // frames that wait
    private static final int CLOSED_AT = 100; // of one whose connection can't be paused

    private final Gateway gateway;
    private final Link link;
    private final Dialect dialect;
    private final Outlet outlet;
    private final Questions questions;
    private final Allowance allowance;
    private final Deque<Buffer> inbox = new ArrayDeque<>();
    private final Set<BusAddress> registered = EnumSet.noneOf(BusAddress.class);
    private Optional<Holder> holder = Optional.empty();
    private boolean busy;
    private boolean closed;
    private long heardNanos = System.nanoTime();

    Session(Gateway gateway, Link link) {
        this.gateway = gateway;
        this.link = link;
        this.dialect = gateway.terms().dialect();
        this.outlet = new Outlet(this::write, gateway.dropped());
        this.questions = new Questions(
                gateway.common().inside().eventBus(), gateway.common().outside()::run, this::ask);
        this.allowance = new Allowance(gateway.terms().connectionEvents());
    }

    /** A frame has come, as JSON. */
    public void receive(Buffer frame) {
        if (closed) {
            return;
        }
        heardNanos = System.nanoTime();
        inbox.add(frame);
        if (inbox.size() >= CLOSED_AT) {
            end("too_many_requests");
        } else if (inbox.size() >= PAUSED_AT) {
            link.pause();
        }
        next();
    }

    /** Something has come that is no frame. */
    public void garbage(String word) {
        end(word);
    }

    /** The connection is gone. Until then a session has its place, even one that has been ended. */
    public void closed() {
        leave();
        gateway.closed(this, link.address());
    }

    private void leave() {
        closed = true;
        inbox.clear();
        registered.forEach(address -> gateway.common().feed().stop(address, this));
        registered.clear();
        questions.stopAll();
    }

    /** Ends a session that has said nothing for too long, or whose token is no longer good. */
    void look() {
        if (System.nanoTime() - heardNanos > gateway.common().patience().toNanos()) {
            end("nothing_heard");
        } else if (!holder.map(gateway.common().doorkeeper()::isGood).orElse(true)) {
            end("token_withdrawn");
        }
    }

    @Override
    public void on(BusAddress address, JsonObject body) {
        if (address == BusAddress.EVENT_CONNECTION && !allowance.take()) {
            outlet.leaveOut();
        } else {
            outlet.offer(address, body);
        }
    }

    @Override
    public void missed(long events) {
        outlet.drop(events);
    }

    private Outlet.Writing write(BusAddress address, JsonObject event) {
        var frame = gateway.frame(address, event);
        return new Outlet.Writing(frame.length(), link.write(frame));
    }

    private void next() {
        while (!busy && !closed && !inbox.isEmpty()) {
            take(inbox.remove());
            if (inbox.isEmpty()) {
                link.resume();
            }
        }
    }

    private void take(Buffer text) {
        try {
            if (Json.decodeValue(text) instanceof JsonObject frame && frame.getValue("type") instanceof String type) {
                take(type, frame);
                return;
            }
        } catch (DecodeException _) {
            // is answered like JSON of another kind
        }
        end("invalid_json");
    }

    private void take(String type, JsonObject frame) {
        if (!isWelcome(frame)) {
            return;
        }
        switch (type) {
            case "ping" -> answer(dialect.pong());
            case "register" -> register(frame);
            case "unregister" -> unregister(frame);
            case "send" -> send(frame);
            case "publish" -> refuse("access_denied", frame);
            default -> refuse("unknown_type", frame);
        }
    }

    /** Looks at the token, if there is one; who has shown a wrong one has to connect again. */
    private boolean isWelcome(JsonObject frame) {
        if (!(frame.getValue("headers") instanceof JsonObject headers)
                || !(headers.getValue("token") instanceof String token)) {
            return true;
        }
        return switch (gateway.common().doorkeeper().look(token, link.address())) {
            case Answer.Welcome(var known) -> {
                holder = Optional.of(known);
                yield true;
            }
            case Answer.Refusal(var word) -> {
                end(word);
                yield false;
            }
        };
    }

    private Future<Void> ask(String address, String replyAddress, @Nullable Object question) {
        return link.write(dialect.event(address, question)
                .put("replyAddress", replyAddress)
                .toBuffer());
    }

    private void register(JsonObject frame) {
        var address = Role.told(text(frame, "address"));
        var asked = text(frame, "address");
        if (asked != null && role().filter(role -> role.mayAnswer(asked)).isPresent()) {
            if (!questions.listen(asked)) {
                refuse("too_many_addresses", frame);
            }
        } else if (address == null || role().isEmpty()) {
            refuse(role().isEmpty() ? "not_logged_in" : "access_denied", frame);
        } else if (registered.add(address)) {
            gateway.common().feed().listen(address, this);
        }
    }

    private void unregister(JsonObject frame) {
        var address = Role.told(text(frame, "address"));
        if (address != null && registered.remove(address)) {
            gateway.common().feed().stop(address, this);
        } else if (!questions.stop(String.valueOf(text(frame, "address")))) {
            refuse("unknown_address", frame);
        }
    }

    private void send(JsonObject frame) {
        var address = text(frame, "address");
        var role = role();
        if (address != null && questions.answer(address, frame.getValue("body"))) {
            return;
        }
        if (address == null || role.isEmpty() || !role.get().mayAsk(address)) {
            refuse(role.isEmpty() ? "not_logged_in" : "access_denied", frame);
            return;
        }
        busy = true;
        var options = new DeliveryOptions().addHeader(CommandBus.BY, gateway.by(holder, link.address()));
        var common = gateway.common();
        common.inside()
                .eventBus()
                .<Object>request(address, frame.getValue("body"), options)
                .onComplete(result ->
                        common.outside().run(() -> answered(address, text(frame, "replyAddress"), result)));
    }

    private void answered(String address, @Nullable String replyAddress, AsyncResult<Message<Object>> result) {
        if (replyAddress == null) {
            answer(null);
        } else if (result.succeeded()) {
            answer(dialect.reply(replyAddress, result.result().body()));
        } else {
            answer(dialect.failure(replyAddress, address, failure(result.cause())));
        }
    }

    private static ReplyException failure(Throwable cause) {
        return cause instanceof ReplyException reply ? reply : new ReplyException(ReplyFailure.ERROR, cause.toString());
    }

    private void refuse(String word, JsonObject frame) {
        answer(dialect.refusal(word, text(frame, "replyAddress")));
    }

    /** Sends what there is to say, and goes on after that. */
    private void answer(@Nullable JsonObject frame) {
        if (frame == null || closed) {
            busy = false;
            next();
            return;
        }
        busy = true;
        link.write(frame.toBuffer()).onComplete(_ -> {
            busy = false;
            next();
        });
    }

    private void end(String word) {
        if (!closed) {
            leave();
            link.write(dialect.refusal(word, null).toBuffer());
            link.close();
        }
    }

    private Optional<Role> role() {
        return gateway.role(holder);
    }

    private static @Nullable String text(JsonObject frame, String key) {
        return frame.getValue(key) instanceof String text ? text : null;
    }
}
