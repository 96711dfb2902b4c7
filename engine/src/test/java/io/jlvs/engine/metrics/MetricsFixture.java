package io.jlvs.engine.metrics;

import static org.awaitility.Awaitility.await;

import io.jlvs.api.bus.BusAddress;
import io.jlvs.api.datapath.DataPathKind;
import io.jlvs.api.event.JlvsEvent;
import io.jlvs.engine.bus.EventCodec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Metrics bound to a {@link Director} through a real event bus. */
final class MetricsFixture implements AutoCloseable {

    final Director director;
    final Metrics metrics = new Metrics();
    final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private long published;

    MetricsFixture() {
        this(DataPathKind.USER, MetricsOptions.DEFAULTS);
    }

    MetricsFixture(DataPathKind kind, MetricsOptions options) {
        director = new Director(kind);
        vertx.eventBus().registerCodec(new EventCodec());
        metrics.bind(vertx, options, director.sources());
    }

    /** Publishes and waits until it was counted. */
    void publish(BusAddress address, JlvsEvent event) {
        vertx.eventBus().publish(address.address(), event, new DeliveryOptions().setCodecName(EventCodec.NAME));
        published++;
        await().until(() -> eventsCounted() == published);
    }

    String scrape() {
        return metrics.scrape().toString(StandardCharsets.UTF_8);
    }

    /** The lines that begin with this regular expression, without help and type. */
    String samples(String prefix) {
        var begin = Pattern.compile("^" + prefix);
        return scrape().lines().filter(begin.asPredicate()).collect(Collectors.joining("\n"));
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
}
