package io.jlvs.e2e.console;

import io.jlvs.e2e.Client;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come at a steady pace, from many addresses of loopback, ask once and stay for a while. */
final class Visitors implements AutoCloseable {

    private static final int ADDRESSES = 40;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final AtomicInteger number = new AtomicInteger();
    private final String service;
    private final long stayMillis;

    private Visitors(String service, long stayMillis) {
        this.service = service;
        this.stayMillis = stayMillis;
    }

    /** So many new connections a second, each of which lasts for {@code stayMillis}. */
    static Visitors come(String service, int perSecond, long stayMillis) {
        var visitors = new Visitors(service, stayMillis);
        var _ = visitors.clock.scheduleAtFixedRate(visitors::visit, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return visitors;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void visit() {
        var from = "127.0.7." + (1 + number.getAndIncrement() % ADDRESSES);
        try {
            var client = Client.connect(from, service);
            client.who();
            clock.schedule(() -> leave(client), stayMillis, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // A test that takes servers away means to see this at the console, not here.
        }
    }

    private static void leave(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
