package io.jlvs.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.api.event.JlvsEvent;
import io.jlvs.engine.json.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @MethodSource("io.jlvs.engine.json.Samples#events")
    void survivesTheWire(JlvsEvent event) {
        var buffer = Buffer.buffer("before");

        codec.encodeToWire(buffer, event);

        assertThat(codec.decodeFromWire(6, buffer)).isEqualTo(event);
    }

    @Test
    void handsOverTheRecordItselfWithinTheProcess() throws Exception {
        var event = Samples.events().getFirst();
        var got = new CompletableFuture<JlvsEvent>();
        var vertx = Vertx.vertx();
        try {
            vertx.eventBus().registerCodec(codec);
            vertx.eventBus().<JlvsEvent>localConsumer("here", message -> got.complete(message.body()));

            vertx.eventBus().publish("here", event, new DeliveryOptions().setCodecName(EventCodec.NAME));

            assertThat(got.get(10, TimeUnit.SECONDS)).isSameAs(event);
        } finally {
            vertx.close().await();
        }
    }
}
