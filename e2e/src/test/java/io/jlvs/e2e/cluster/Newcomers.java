package io.jlvs.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.Client;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Inhabitant;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that come one after the other, each with a new connection. Who gets no answer soon tries again at once, until
 * there is one: what it waited is the time that counts.
 */
final class Newcomers implements AutoCloseable {

    private static final int IMPATIENCE_MILLIS = 250;
    private static final long PAUSE_NANOS = 10_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Inhabitant inhabitant;
    private final String service;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean ended;

    private Newcomers(Inhabitant inhabitant, String service) {
        this.inhabitant = inhabitant;
        this.service = service;
    }

    /** They come from now on; returns when some were answered. */
    static Newcomers start(Host host, String service) {
        var newcomers = new Newcomers(new Inhabitant(host), service);
        Thread.ofVirtual().start(() -> newcomers.inhabitant.call(newcomers::come));
        newcomers.awaitMore(10);
        return newcomers;
    }

    /** Waits until so many more were answered. */
    void awaitMore(int count) {
        var enough = answered.get() + count;
        await(count + " more are answered by " + service).atMost(PATIENCE).until(() -> answered.get() >= enough);
    }

    /** How many were answered. */
    long answered() {
        return answered.get();
    }

    /** How long one of them waited, who waited longest. */
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.get());
    }

    private boolean come() {
        while (!ended) {
            var began = System.nanoTime();
            while (!ended && !isAnswered()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
            answered.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private boolean isAnswered() {
        try (var client = Client.impatient(service, IMPATIENCE_MILLIS)) {
            client.who();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        ended = true;
        inhabitant.close();
    }
}
