package io.jlvs.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Clients that come and go at a pace that rises and falls, so that every graph has something to show. */
final class Tide implements AutoCloseable {

    private static final int REQUESTS = 12;
    private static final Duration THINKS = Duration.ofMillis(80);
    private static final int FIRST_WITHIN_MILLIS = 2000;
    private static final double SLOWEST = 1.2;

    /** How a client connects. */
    interface Way {
        Client connect() throws IOException;
    }

    private final Way way;
    private final double phase = ThreadLocalRandom.current().nextDouble(2 * Math.PI);
    private final double periodSeconds = ThreadLocalRandom.current().nextDouble(30, 90);
    private final List<Thread> clients = new ArrayList<>();

    private Tide(Way way) {
        this.way = way;
    }

    /** Starts so many clients; each has one connection at a time, for a second, and then waits a while. */
    static Tide start(int clients, Way way) {
        var tide = new Tide(way);
        for (int i = 0; i < clients; i++) {
            tide.clients.add(Thread.ofVirtual().start(tide::comeAndGo));
        }
        return tide;
    }

    @Override
    public void close() {
        clients.forEach(Thread::interrupt);
    }

    private void comeAndGo() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(FIRST_WITHIN_MILLIS));
            while (!Thread.interrupted()) {
                visit();
                Thread.sleep(low());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A service that turns its clients away is part of the picture. */
    private void visit() throws InterruptedException {
        try (var client = way.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                client.who();
                Thread.sleep(THINKS);
            }
        } catch (IOException | IllegalStateException _) {
            Thread.sleep(THINKS);
        }
    }

    /** How long nobody comes: from nothing to {@value #SLOWEST} seconds and back. */
    private Duration low() {
        var seconds = System.nanoTime() / (double) TimeUnit.SECONDS.toNanos(1);
        var height = (1 + Math.sin(2 * Math.PI * seconds / periodSeconds + phase)) / 2;
        var lull = SLOWEST * (1 - height) + ThreadLocalRandom.current().nextDouble(0.5);
        return Duration.ofMillis((long) (lull * 1000));
    }
}
