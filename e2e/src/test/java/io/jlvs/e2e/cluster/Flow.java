package io.jlvs.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jlvs.e2e.Client;
import io.jlvs.e2e.lab.Host;
import io.jlvs.e2e.lab.Inhabitant;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One connection that asks over and over. */
final class Flow implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String service;
    private final Client client;
    private final String server;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile @Nullable String failure;
    private volatile boolean ended;

    private Flow(String service, Client client) throws IOException {
        this.service = service;
        this.client = client;
        this.server = client.who();
    }

    /** Opens it and keeps it busy. */
    static Flow open(Host host, String service) throws IOException {
        try (var inhabitant = new Inhabitant(host)) {
            var flow = new Flow(service, inhabitant.call(() -> Client.connect(null, service)));
            Thread.ofVirtual().start(flow::go);
            return flow;
        }
    }

    /** The service that it is with. */
    String service() {
        return service;
    }

    /** Waits until it was answered some more, by the server that it began with. */
    void awaitGoesOn() {
        var enough = answers.get() + 5;
        await("the connection with " + service + " goes on")
                .atMost(PATIENCE)
                .until(() -> failure != null || answers.get() >= enough);
        assertThat(failure).as("what ended the connection with " + service).isNull();
    }

    /** The longest time that an answer took. */
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.get());
    }

    private void go() {
        try {
            while (!ended) {
                var began = System.nanoTime();
                var by = client.who();
                longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
                answers.incrementAndGet();
                if (!by.equals(server)) {
                    throw new IOException("it began with " + server + ", now " + by + " answers");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        client.close();
    }
}
