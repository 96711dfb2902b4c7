package io.jlvs.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** HTTP clients that ask as fast as they are answered, and a new connection for every {@value #PER_CONNECTION} requests. */
final class Load implements AutoCloseable {

    private static final int PER_CONNECTION = 20;

    /**
     * What came of it.
     *
     * @param failures what went wrong, one line a failed request
     */
    record Result(long requests, List<String> failures) {}

    private final String address;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final LongAdder requests = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<Thread> clients = new ArrayList<>();

    private Load(String address) {
        this.address = address;
    }

    /** Starts so many clients, each with one connection at a time. */
    static Load start(String address, int connections) {
        var load = new Load(address);
        for (int i = 0; i < connections; i++) {
            load.clients.add(Thread.ofVirtual().start(load::ask));
        }
        return load;
    }

    /** The names of all servers that have answered so far. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** Lets the requests under way end, and no new one begin. */
    Result stop() throws InterruptedException {
        running.set(false);
        for (var client : clients) {
            client.join();
        }
        return new Result(requests.sum(), List.copyOf(failures));
    }

    @Override
    public void close() {
        running.set(false);
    }

    private void ask() {
        while (running.get()) {
            try (var client = Client.to(address)) {
                for (int i = 0; i < PER_CONNECTION && running.get(); i++) {
                    seen.add(client.who());
                    requests.increment();
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }
}
