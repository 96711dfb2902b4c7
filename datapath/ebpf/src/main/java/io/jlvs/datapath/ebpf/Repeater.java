package io.jlvs.datapath.ebpf;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that does its work again and again until it is closed. */
final class Repeater implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
    private static final int REST = 4; // times as long as the work took, so that it never takes a processor for itself

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param pause between one time and the next; longer when the work takes long
     */
    Repeater(String name, Duration pause, Runnable work) {
        thread = Thread.ofPlatform().daemon().name(name).start(() -> repeat(pause, work));
    }

    private void repeat(Duration pause, Runnable work) {
        try {
            long rest = 0;
            while (!closed.await(rest, TimeUnit.NANOSECONDS)) {
                var began = System.nanoTime();
                attempt(work);
                rest = pause.isZero() ? 0 : Math.max(pause.toNanos(), REST * (System.nanoTime() - began));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed, it goes on", thread.getName(), e);
        }
    }

    /** Waits until the work in hand is done; it is not done again. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
