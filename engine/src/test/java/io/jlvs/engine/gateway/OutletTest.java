package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.bus.BusAddress;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What waits for one subscriber. */
class OutletTest {

    private final Deque<Promise<?>> unread = new ArrayDeque<>();
    private final List<JsonObject> written = new ArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private int bytes = 10;
    private final Outlet outlet = new Outlet(this::write, dropped);

    private Outlet.Writing write(BusAddress address, JsonObject event) {
        var done = Promise.<Void>promise();
        unread.add(done);
        written.add(event);
        return new Outlet.Writing(bytes, done.future());
    }

    private void offer(int count) {
        for (int i = 0; i < count; i++) {
            outlet.offer(BusAddress.LIVE, JsonObject.of("at", i));
        }
    }

    @Test
    void whoReadsGetsEverything() {
        for (int i = 0; i < 10 * Outlet.MAX_EVENTS; i++) {
            offer(1);
            unread.remove().complete();
        }

        assertThat(written).hasSize(10 * Outlet.MAX_EVENTS);
        assertThat(dropped.sum()).isZero();
    }

    @Test
    void whoDoesNotReadIsToldHowManyWereLeftOut() {
        offer(Outlet.MAX_EVENTS + 7);
        assertThat(written).hasSize(Outlet.MAX_EVENTS);

        unread.remove().complete();
        offer(1);
        unread.remove().complete();
        offer(1);

        assertThat(written.get(Outlet.MAX_EVENTS)).isEqualTo(JsonObject.of("at", 0, "missed", 7L));
        assertThat(written.getLast()).isEqualTo(JsonObject.of("at", 0));
        assertThat(dropped.sum()).isEqualTo(7);
    }

    @Test
    void fewLargeEventsAreTooMuchAsWell() {
        bytes = (int) Outlet.MAX_BYTES / 2;

        offer(5);

        assertThat(written).hasSize(2);
        assertThat(dropped.sum()).isEqualTo(3);
    }

    @Test
    void eventThatCouldNotBeSentTakesNoRoom() {
        offer(Outlet.MAX_EVENTS);
        unread.remove().fail("closed");

        offer(1);

        assertThat(written).hasSize(Outlet.MAX_EVENTS + 1);
    }

    @Test
    void eventOfOthersStaysAsItIs() {
        var shared = JsonObject.of("at", 1);
        outlet.drop(3);

        outlet.offer(BusAddress.LIVE, shared);

        assertThat(shared).isEqualTo(JsonObject.of("at", 1));
        assertThat(written.getFirst().getLong("missed")).isEqualTo(3);
    }
}
