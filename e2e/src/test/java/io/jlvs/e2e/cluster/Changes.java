package io.jlvs.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Somebody who adds services without end, on one director after the other, and notes what was acknowledged. */
final class Changes implements AutoCloseable {

    private static final String ADDRESS = "198.18.0.1:";
    private static final int FIRST_PORT = 1000;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Member> members;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean ended;

    private Changes(List<Member> members) {
        this.members = members;
        thread = Thread.ofVirtual().unstarted(this::work);
    }

    /** They are made from now on; returns when some were acknowledged. */
    static Changes start(List<Member> members) {
        var changes = new Changes(members);
        changes.thread.start();
        changes.awaitMore(5);
        return changes;
    }

    /** Waits until so many more were acknowledged. */
    void awaitMore(int count) {
        var enough = acknowledged.size() + count;
        await(count + " more changes are acknowledged").atMost(PATIENCE).until(() -> acknowledged.size() >= enough);
    }

    /** Makes no more, and tells the rules that were acknowledged, in the words of {@code ipvsadm -Sn}. */
    List<String> stop() {
        close();
        return acknowledged.stream()
                .map(service -> "-A -t " + service + " -s rr")
                .toList();
    }

    private void work() {
        for (int i = 0; !ended; i++) {
            var service = ADDRESS + (FIRST_PORT + i);
            if (isAcknowledged(members.get(i % members.size()), service)) {
                acknowledged.add(service);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isAcknowledged(Member member, String service) {
        try {
            return member.attempt("-A", "-t", service, "-s", "rr").exit() == 0;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
