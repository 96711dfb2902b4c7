package io.jlvs.engine.live;

import io.jlvs.api.bus.BusAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes {@link Live#picture} at {@link BusAddress#LIVE} twice a second while somebody looks, less often where it takes
 * long: a tenth of one processor at most.
 */
public final class LiveTeller {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTeller.class);
    private static final long PERIOD_MILLIS = 500;
    private static final int REST = 10; // times as long as a picture takes

    private final Vertx vertx;
    private final Live live;
    private final AtomicInteger watchers = new AtomicInteger();
    private final AtomicBoolean telling = new AtomicBoolean();

    public LiveTeller(Vertx vertx, Live live) {
        this.vertx = vertx;
        this.live = live;
    }

    /** Somebody looks. */
    public void watch() {
        watchers.incrementAndGet();
        begin();
    }

    /** One who looked does not any more. */
    public void unwatch() {
        watchers.decrementAndGet();
    }

    /** Whether pictures are made. */
    public boolean isTelling() {
        return telling.get();
    }

    private void begin() {
        if (watchers.get() > 0 && telling.compareAndSet(false, true)) {
            tell();
        }
    }

    private void tell() {
        if (watchers.get() == 0) {
            telling.set(false);
            begin(); // somebody may have come between the two
            return;
        }
        var began = System.nanoTime();
        vertx.executeBlocking(live::picture, false)
                .onComplete(this::publish, LiveTeller::failed)
                .onComplete(_ -> {
                    var took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                    vertx.setTimer(Math.max(PERIOD_MILLIS, REST * took), _ -> tell());
                });
    }

    private void publish(JsonObject picture) {
        vertx.eventBus().publish(BusAddress.LIVE.address(), picture);
    }

    private static void failed(Throwable failure) {
        LOG.error("The live picture could not be made", failure);
    }
}
