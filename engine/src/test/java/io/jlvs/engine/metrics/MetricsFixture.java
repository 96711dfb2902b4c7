package io.jlvs.engine.metrics;

import static org.awaitility.Awaitility.await;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.event.JlvsEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Metrics bound to a {@link Director} through a real event bus. */
final class MetricsFixture implements AutoCloseable {

    final Director director;
    final Metrics metrics = new Metrics();
    final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private long published;

    MetricsFixture(Director director) {
        this.director = director;
        vertx.eventBus().registerCodec(new ByReference());
        metrics.bind(vertx, director.sources());
    }

    /** Publishes and waits until it was counted. */
    void publish(BusAddress address, JlvsEvent event) {
        vertx.eventBus().publish(address.address(), event, new DeliveryOptions().setCodecName(ByReference.NAME));
        published++;
        await().until(() -> eventsCounted() == published);
    }

    String scrape() {
        return metrics.scrape().toString(StandardCharsets.UTF_8);
    }

    /** The lines of our own metrics whose names begin so, without help and type. */
    String samples(String prefix) {
        return scrape().lines().filter(line -> line.startsWith(prefix)).collect(Collectors.joining("\n"));
    }

    private long eventsCounted() {
        return samples("jlvs_events_total")
                .lines()
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        vertx.close().await();
        metrics.close();
    }

    /** Stands in for the engine's codec: events stay in this process. */
    private static final class ByReference implements MessageCodec<JlvsEvent, JlvsEvent> {

        static final String NAME = "event-by-reference";

        @Override
        public void encodeToWire(Buffer buffer, JlvsEvent event) {
            throw new UnsupportedOperationException("events of this test stay in this process");
        }

        @Override
        public JlvsEvent decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("events of this test stay in this process");
        }

        @Override
        public JlvsEvent transform(JlvsEvent event) {
            return event;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
