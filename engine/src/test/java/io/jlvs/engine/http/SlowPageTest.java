package io.jlvs.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.api.ServiceKey;
import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.DirectorEvent;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page that reads nothing for a while: the JDK's client takes from the socket what it is asked to and no more. */
class SlowPageTest {

    private static final int EVENTS = 2000; // of 10 kB: 20 MB are more than the buffers of a socket hold
    private static final String TEXT = "x".repeat(10_000);

    private final HttpFixture fixture = new HttpFixture(ConsoleAccess.READ);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        fixture.close();
    }

    @Test
    void missesEventsWhileOthersDoNotAndIsToldHowMany() {
        var slow = new Page();
        var quick = new Page();
        var waiting = open(slow);
        open(quick).request(Long.MAX_VALUE);
        waiting.request(1); // tells that it is registered
        await().until(() -> slow.frames.get() == 1 && quick.frames.get() == 1);

        for (int i = 1; i <= EVENTS; i++) {
            int told = i;
            publish(i, TEXT);
            await().pollInterval(Duration.ofMillis(1)).until(() -> quick.frames.get() > told);
        }
        waiting.request(Long.MAX_VALUE);

        await().untilAsserted(() -> {
            publish(0, "room again");
            assertThat(slow.missed).hasPositiveValue();
        });
        assertThat(slow.missed.get()).isLessThan(EVENTS);
        assertThat(quick.missed).hasValue(0);
    }

    @Test
    void whoAsksAndDoesNotReadIsNotAnsweredForLong() {
        for (int i = 0; i < 200; i++) {
            fixture.addService(ServiceKey.tcp("10.0.0.100", 1 + i));
        }
        var asked = new AtomicInteger();
        fixture.vertx.eventBus().addInboundInterceptor(delivery -> {
            asked.incrementAndGet();
            delivery.next();
        });
        var greedy = open(new Page());

        var asking = Thread.ofVirtual().start(() -> {
            while (!greedy.isOutputClosed()) {
                ask(greedy);
            }
        });

        await("the greedy one can't even send any more").until(() -> stays(asked));
        assertThat(asking.isAlive()).isTrue();
    }

    /** Whether a count is the same as a second ago: nothing else can be waited for. */
    private static boolean stays(AtomicInteger count) {
        var before = count.get();
        var since = System.nanoTime();
        await().until(() -> count.get() != before || System.nanoTime() - since > 1_000_000_000L);
        return before > 0 && count.get() == before;
    }

    private WebSocket open(Page page) {
        var address = URI.create("ws://127.0.0.1:" + fixture.port + "/eventbus/websocket");
        var socket = client.newWebSocketBuilder().buildAsync(address, page).join();
        var register = JsonObject.of("type", "register", "address", BusAddress.EVENT_DIRECTOR.address());
        socket.sendText(register.encode(), true).join();
        ask(socket);
        return socket;
    }

    private static void ask(WebSocket socket) {
        var ask = new JsonObject()
                .put("type", "send")
                .put("address", BusAddress.SERVICE_LIST.address())
                .put("body", new JsonObject())
                .put("replyAddress", "registered");
        socket.sendText(ask.encode(), true).join();
    }

    private void publish(long at, String text) {
        fixture.inside.publish(BusAddress.EVENT_DIRECTOR, new DirectorEvent.Recovered(at, text));
    }

    /** Counts what it gets. */
    private static final class Page implements WebSocket.Listener {

        private final AtomicInteger frames = new AtomicInteger();
        private final AtomicLong missed = new AtomicLong();
        private final StringBuilder frame = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {
            // asks for nothing yet
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                take(new JsonObject(frame.toString()));
                frame.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }

        private void take(JsonObject got) {
            if (got.getValue("body") instanceof JsonObject body) {
                missed.addAndGet(body.getLong("missed", 0L));
            }
            frames.incrementAndGet();
        }
    }
}
