package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.DirectorEvent;
import io.jlvs.engine.bus.Role;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who come in to do harm, or are just slow. Beside each of them another is served as ever. */
class HostileTest {

    private static final String LONG = "x".repeat(10_000);
    private static final int MORE_THAN_SOCKETS_HOLD = 3000; // events of 10 kB

    private Inside inside = new Inside(Optional.empty(), Duration.ofMinutes(1));
    private int port;
    private Sibling good;

    @BeforeEach
    void letSomebodyGoodIn() {
        port = TcpGateway.start(
                        inside.outside,
                        new TcpOptions("127.0.0.1", 0, Optional.empty(), Optional.of(Role.OBSERVER)),
                        TcpGateway.of(inside.common, Optional.of(Role.OBSERVER)))
                .await()
                .actualPort();
        good = Sibling.at(port, "127.0.0.2").settle();
    }

    @AfterEach
    void close() {
        good.settle();
        good.close();
        inside.close();
    }

    private void publish(long at, String text) {
        inside.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Recovered(at, text));
    }

    @Test
    void whoDoesNotReadMissesEventsWhileOthersDoNot() {
        good.register(BusAddress.EVENT_DIRECTOR).settle();
        try (var slow = Sibling.at(port).register(BusAddress.EVENT_DIRECTOR).settle()) {
            for (int i = 0; i < MORE_THAN_SOCKETS_HOLD; i++) {
                publish(i, LONG);
                assertThat(good.next().getJsonObject("body").getInteger("at")).isEqualTo(i);
            }
            long got = 0;
            long missed = 0;
            publish(MORE_THAN_SOCKETS_HOLD, "");
            for (var body = new JsonObject(); missed == 0; body = slow.next().getJsonObject("body")) {
                got += body.isEmpty() ? 0 : 1;
                missed = body.getLong("missed", 0L);
                if (missed == 0 && got % 100 == 99) {
                    publish(MORE_THAN_SOCKETS_HOLD, "");
                    good.next();
                }
            }

            assertThat(missed).isPositive();
            assertThat(inside.drops.counts().get("tcp")).isGreaterThanOrEqualTo(missed);
            good.next();
        }
    }

    @Test
    void whoAsksAndDoesNotReadIsNotAnsweredForLong() {
        var asked = new AtomicInteger();
        inside.vertx.eventBus().addInboundInterceptor(delivery -> {
            asked.incrementAndGet();
            delivery.next();
        });
        for (int i = 0; i < 200; i++) {
            inside.addService(ServiceKey.tcp("10.0.0.100", 1 + i));
        }
        try (var greedy = Sibling.at(port)) {
            var asking = Thread.ofVirtual().start(() -> askForever(greedy));

            await("the greedy one can't even send any more")
                    .until(() -> asking.getState() != Thread.State.TERMINATED && stays(asked));
            assertThat(asked.get()).isPositive();
        }
    }

    /** Whether a count is the same as half a second ago: nothing can be waited for that does not happen. */
    private static boolean stays(AtomicInteger count) {
        var before = count.get();
        var since = System.nanoTime();
        await().until(() -> count.get() != before || System.nanoTime() - since > 500_000_000L);
        return before > 0 && count.get() == before;
    }

    private static void askForever(Sibling greedy) {
        assertThatThrownBy(() -> {
                    while (true) {
                        greedy.ask(BusAddress.SERVICE_LIST, new JsonObject());
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void garbageEndsTheConnection() {
        var noise = new byte[5000];
        new Random(1).nextBytes(noise);
        noise[0] = (byte) 0xff; // a length below zero
        var deep = "[".repeat(30_000).getBytes(StandardCharsets.UTF_8);

        assertThat(farewell(sibling -> sibling.sendRaw(noise))).isEqualTo("invalid_length");
        assertThat(farewell(sibling -> sibling.sendLength(0))).isEqualTo("invalid_length");
        assertThat(farewell(sibling -> sibling.sendLength(Session.MAX_FRAME_BYTES + 1)))
                .isEqualTo("invalid_length");
        assertThat(farewell(sibling -> sibling.sendLength(Integer.MAX_VALUE))).isEqualTo("invalid_length");
        for (var text : List.of("", " ", "{", "[]", "7", "null", "{}", "{\"type\":7}", "\u0000\u0001")) {
            assertThat(farewell(sibling -> sibling.sendBytes((text + " ").getBytes(StandardCharsets.UTF_8))))
                    .as(text)
                    .isEqualTo("invalid_json");
        }
        assertThat(farewell(sibling -> sibling.sendBytes(deep))).isEqualTo("invalid_json");
    }

    private String farewell(Consumer<Sibling> doing) {
        try (var sibling = Sibling.at(port)) {
            doing.accept(sibling);
            return sibling.farewell();
        }
    }

    @Test
    void fieldsOfAnyKindAreAnswered() {
        try (var sibling = Sibling.at(port)) {
            for (var value : List.<Object>of(7, true, new JsonObject(), "x".repeat(60_000))) {
                for (var key : List.of("address", "headers", "body", "replyAddress", "type")) {
                    for (var type : List.of("send", "register", "unregister", "publish")) {
                        var frame = JsonObject.of("type", type, "address", "jlvs.status", "replyAddress", "r")
                                .put(key, value);
                        if (value instanceof String || !key.equals("type")) {
                            sibling.send(frame);
                        }
                    }
                }
            }
            sibling.settle();
        }
    }

    @Test
    void thousandConnectionsOfOneLeaveRoomForOthers() {
        var crowd = new ArrayList<Sibling>();
        try {
            IntStream.range(0, 1000).forEach(_ -> crowd.add(Sibling.at(port)));

            try (var other = Sibling.at(port, "127.0.0.3")) {
                other.settle();
            }
            assertThat(crowd.getLast().farewell()).isEqualTo("too_many_connections");
            crowd.getFirst().settle();
        } finally {
            crowd.forEach(Sibling::close);
        }
        await("they are gone").untilAsserted(() -> {
            try (var again = Sibling.at(port)) {
                again.settle();
            }
        });
    }

    @Test
    void eventsThatCannotBeToldInTimeAreLeftOutAndCounted() throws Exception {
        good.register(BusAddress.EVENT_DIRECTOR).settle();
        var busy = new CountDownLatch(1);
        inside.common.outside().run(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        await().until(() -> {
            for (int i = 0; i < 500; i++) {
                publish(i, "");
            }
            return inside.common.feed().left(BusAddress.EVENT_DIRECTOR) > 0;
        });
        busy.countDown();

        assertThat(good.next().getJsonObject("body").getInteger("missed")).isPositive();
        assertThat(inside.drops.counts().get("tcp")).isPositive();
    }

    @Test
    void whoSaysNothingIsSentAway() {
        close();
        inside = new Inside(Optional.empty(), Duration.ofMillis(1500));
        letSomebodyGoodIn();
        try (var silent = Sibling.at(port)) {
            assertThat(silent.farewell()).isEqualTo("nothing_heard");
        } finally {
            good.close();
            good = Sibling.at(port);
        }
    }
}
