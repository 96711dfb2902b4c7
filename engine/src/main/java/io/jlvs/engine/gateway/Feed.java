package io.jlvs.engine.gateway;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.api.json.EventJson;
import io.jlvs.engine.live.LiveTeller;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is published on the director's own bus, for those outside: taken there in no time, told as JSON on a loop of the
 * gateways' own. While that does not keep up {@value #MAX_WAITING} events wait, and more are left out. Nothing is taken at
 * an address where nobody listens. To be used on the outside's loop only.
 */
public final class Feed {

    static final int MAX_WAITING = 4096;
    /** Of telling, and then of rest: half a processor at most, however many are to be told. */
    private static final long TURN_MILLIS = 5;

    private final Vertx inside;
    private final Loop outside;
    private final String director;
    private final LiveTeller live;
    private final Map<BusAddress, Set<Listener>> listeners = new EnumMap<>(BusAddress.class);
    private final Map<BusAddress, MessageConsumer<?>> consumers = new EnumMap<>(BusAddress.class);
    private final ArrayBlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<BusAddress, LongAdder> dropped = new ConcurrentHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();

    private record Told(BusAddress address, Object body) {}

    /** Who is told. */
    public interface Listener {

        /** Something was published; the JSON is shared with other listeners. */
        void on(BusAddress address, JsonObject body);

        /** So many events were left out before the one that comes next. */
        void missed(long events);
    }

    /**
     * @param outside the loop on which listeners are told
     * @param director the name that events carry under {@code director}
     * @param live asked for pictures while somebody listens for them
     */
    public Feed(Vertx inside, Loop outside, String director, LiveTeller live) {
        this.inside = inside;
        this.outside = outside;
        this.director = director;
        this.live = live;
    }

    /** From now on the listener is told what is published there. */
    public void listen(BusAddress address, Listener listener) {
        listeners.computeIfAbsent(address, this::open).add(listener);
    }

    /** The listener is told no more of what is published there. */
    public void stop(BusAddress address, Listener listener) {
        var others = listeners.get(address);
        if (others != null && others.remove(listener) && others.isEmpty()) {
            close(address);
        }
    }

    private Set<Listener> open(BusAddress address) {
        consumers.put(
                address,
                inside.eventBus().localConsumer(address.address(), message -> take(new Told(address, message.body()))));
        if (address == BusAddress.LIVE) {
            live.watch();
        }
        return new CopyOnWriteArraySet<>(); // who is told may leave
    }

    private void close(BusAddress address) {
        listeners.remove(address);
        var consumer = consumers.remove(address);
        if (consumer != null) {
            consumer.unregister();
        }
        if (address == BusAddress.LIVE) {
            live.unwatch();
        }
    }

    /** On a loop of the director's, which has other things to do. */
    private void take(Told told) {
        if (!waiting.offer(told)) {
            dropped(told.address()).increment();
        } else if (telling.compareAndSet(false, true)) {
            outside.run(this::tell);
        }
    }

    private void tell() {
        var began = System.nanoTime();
        for (var told = waiting.poll(); told != null; told = waiting.poll()) {
            tell(told);
            if (System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS)) {
                outside.later(TURN_MILLIS, this::tell);
                return;
            }
        }
        telling.set(false);
        if (!waiting.isEmpty() && telling.compareAndSet(false, true)) {
            outside.run(this::tell);
        }
    }

    private void tell(Told told) {
        var those = listeners.getOrDefault(told.address(), Set.of());
        var missed = dropped(told.address()).sumThenReset();
        if (those.isEmpty()) {
            return;
        }
        var body = json(told.body());
        for (var listener : those) {
            if (missed > 0) {
                listener.missed(missed);
            }
            listener.on(told.address(), body);
        }
    }

    /** How many were left out since listeners were told last. */
    long left(BusAddress address) {
        return dropped(address).sum();
    }

    private LongAdder dropped(BusAddress address) {
        return dropped.computeIfAbsent(address, _ -> new LongAdder());
    }

    private JsonObject json(Object body) {
        return switch (body) {
            case JlvsEvent event -> EventJson.toJson(event).put("director", director);
            case JsonObject json -> json;
            default -> throw new IllegalStateException("no event: " + body);
        };
    }
}
