package io.jlvs.engine.gateway;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the director asks one who has come in to answer: which server a connection gets. Questions that he does not read fast
 * enough fail at once, so that nobody waits for him. To be used on the outside's loop only.
 */
final class Questions {

    static final int MOST_ADDRESSES = 64;
    static final int MOST_UNREAD = 64;
    /** Of those that were not answered; older ones are long past their deadline. */
    private static final int MOST_OPEN = 1000;

    private final EventBus inside;
    private final Consumer<Runnable> outside;
    private final Sink sink;
    private final Map<String, MessageConsumer<Object>> consumers = new HashMap<>();
    private final LinkedHashMap<String, Message<Object>> open = new LinkedHashMap<>();
    private long asked;
    private int unread;

    /** Where questions go. */
    interface Sink {

        /** Begins to send a question; done when it has left, or can't any more. */
        Future<Void> ask(String address, String replyAddress, @Nullable Object question);
    }

    Questions(EventBus inside, Consumer<Runnable> outside, Sink sink) {
        this.inside = inside;
        this.outside = outside;
        this.sink = sink;
    }

    /** From now on questions at the address come here too; false when there are too many addresses. */
    boolean listen(String address) {
        if (consumers.size() >= MOST_ADDRESSES) {
            return false;
        }
        consumers.computeIfAbsent(
                address, name -> inside.localConsumer(name, question -> outside.accept(() -> put(question))));
        return true;
    }

    /** No more questions of that address; false when none came. */
    boolean stop(String address) {
        var consumer = consumers.remove(address);
        if (consumer != null) {
            consumer.unregister();
        }
        return consumer != null;
    }

    void stopAll() {
        consumers.values().forEach(MessageConsumer::unregister);
        consumers.clear();
        open.clear();
    }

    /** Hands an answer over; false when there is no question of this address to reply to. */
    boolean answer(String replyAddress, @Nullable Object body) {
        var question = open.remove(replyAddress);
        if (question != null) {
            question.reply(body);
        }
        return question != null;
    }

    private void put(Message<Object> question) {
        if (unread >= MOST_UNREAD || !consumers.containsKey(question.address())) {
            question.fail(0, "the sibling does not keep up");
            return;
        }
        var replyAddress = "question." + ++asked;
        open.put(replyAddress, question);
        if (open.size() > MOST_OPEN) {
            open.pollFirstEntry();
        }
        unread++;
        sink.ask(question.address(), replyAddress, question.body()).onComplete(_ -> unread--);
    }
}
