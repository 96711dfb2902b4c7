package io.jlvs.engine.gateway;

import io.jlvs.api.bus.BusAddress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/**
 * Events on their way to one subscriber. At most {@value #MAX_EVENTS} of them and about {@value #MAX_BYTES} bytes wait for
 * it to read; what does not fit is left out, and the next event says under {@code missed} how many were. Used by one event
 * loop.
 */
public final class Outlet {

    public static final int MAX_EVENTS = 1000;
    public static final long MAX_BYTES = 1 << 20;

    private final Sink sink;
    private final LongAdder dropped;
    private int events;
    private long bytes;
    private long missed;

    /** Where events go. */
    public interface Sink {

        /** Begins to send what was published at an address. */
        Writing write(BusAddress address, JsonObject event);
    }

    /**
     * An event that is being sent.
     *
     * @param bytes how much of memory it takes until then
     * @param done when it has left, or can't any more
     */
    public record Writing(int bytes, Future<?> done) {}

    /** @param dropped counts what does not fit */
    public Outlet(Sink sink, LongAdder dropped) {
        this.sink = sink;
        this.dropped = dropped;
    }

    /** Sends an event, unless too much waits already. */
    public void offer(BusAddress address, JsonObject event) {
        if (events >= MAX_EVENTS || bytes >= MAX_BYTES) {
            drop(1);
            return;
        }
        var writing = sink.write(address, missed == 0 ? event : withMissed(event));
        missed = 0;
        events++;
        bytes += writing.bytes();
        writing.done().onComplete(_ -> {
            events--;
            bytes -= writing.bytes();
        });
    }

    /** So many events did not get this far. */
    public void drop(long count) {
        dropped.add(count);
        missed += count;
    }

    /** An event is left out on purpose, not for want of room. */
    public void leaveOut() {
        missed++;
    }

    /** The event is shared with other subscribers. */
    private JsonObject withMissed(JsonObject event) {
        return new JsonObject().mergeIn(event, false).put("missed", missed);
    }
}
